import { existsSync } from 'node:fs'
import type { NatsSettings } from '../adapters/nats/connect.ts'
import { natsDeadLetters } from '../adapters/nats/dead-letters.ts'
import { natsInbox } from '../adapters/nats/inbox.ts'
import { countRows } from '../adapters/sqlite/inspect-sqlite.ts'
import { natsOf } from '../choose-inbox.ts'
import type { Config } from '../config.ts'
import { inboxFile } from '../data-folder.ts'
import { findingsOr, type Check, type Finding } from './finding.ts'

const MANY_WAITING = 10_000

interface Depth {
  waiting: number
  dead: number
}

const depthInFolder = (data: string): Depth | undefined => {
  if (!existsSync(inboxFile(data))) return undefined
  const { inbox: waiting = 0, dead_letter: dead = 0 } = countRows(inboxFile(data))
  return { waiting, dead }
}

const depthInNats = async (nats: NatsSettings): Promise<Depth> => {
  const inbox = await natsInbox(nats, () => undefined)
  const letters = await natsDeadLetters(nats, () => undefined)
  try {
    return { waiting: (await inbox.load()).items, dead: await letters.count() }
  } finally {
    await letters.close()
    await inbox.close()
  }
}

const depthOf = async (config: Config): Promise<Depth | undefined> => {
  const nats = natsOf(config)
  return nats ? depthInNats(nats) : depthInFolder(config.data)
}

const replicasFinding = (config: Config): Omit<Finding, 'check'>[] =>
  natsOf(config)?.replicas === 1
    ? [
        {
          severity: 'warning',
          finding: 'One NATS server alone has what waits, and it writes to its disk now and then.',
          advice: 'Run three, and set FOGHORN_NATS_REPLICAS to 3; or set sync_interval: always (NATS 2.10 or newer).',
        },
      ]
    : []

export const inbox: Check = {
  name: 'inbox',
  look: async (config) => {
    const depth = await depthOf(config)
    if (!depth) return findingsOr('inbox', [], 'Nothing was ever received.')
    const { waiting, dead } = depth
    const found = replicasFinding(config)
    if (dead > 0)
      found.push({
        severity: 'warning',
        finding: `${dead} accepted requests could not be digested and were set aside.`,
        advice: 'Look at them in the dashboard; the log of the service has the reasons.',
      })
    if (waiting > MANY_WAITING)
      found.push({
        severity: 'warning',
        finding: `${waiting} requests wait to be digested.`,
        advice: 'If the number grows while the service runs, it gets more than this machine can digest.',
      })
    return findingsOr('inbox', found, `${waiting} requests wait to be digested; none was set aside.`)
  },
}
