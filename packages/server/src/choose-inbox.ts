// Where accepted requests wait: in the data folder, or in NATS.
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { natsDeadLetters } from './adapters/nats/dead-letters.ts'
import { natsInbox } from './adapters/nats/inbox.ts'
import { natsInboxReader } from './adapters/nats/inbox-reader.ts'
import type { NatsSettings } from './adapters/nats/connect.ts'
import { sqliteDeadLetters } from './adapters/sqlite/dead-letters.ts'
import { sqliteInbox, sqliteInboxReader } from './adapters/sqlite/inbox.ts'
import type { Config } from './config.ts'
import { INBOX_NAME, inboxFile } from './data-folder.ts'
import type { DeadLetters } from './ports/dead-letters.ts'
import type { Inbox, InboxReader } from './ports/inbox.ts'
import type { Person } from './ports/personal-data.ts'

export interface InboxChoice {
  /** The door's side; is told when something was added. */
  open(onCommit: () => void): Promise<Inbox>
  openReader(): Promise<InboxReader>
  openDeadLetters(onReplay: () => void): Promise<DeadLetters>
}

/** NATS as the settings have it; undefined when they name no server. */
export const natsOf = (config: Config): NatsSettings | undefined => {
  const { queueUrl: servers } = config
  if (servers.length === 0) return undefined
  return {
    servers,
    name: config.natsName,
    replicas: config.natsReplicas,
    credentials: config.natsCredentials,
    user: config.natsUser,
    password: config.natsPassword,
    ca: config.natsCa,
    certificate: config.natsCertificate,
    certificateKey: config.natsCertificateKey,
  }
}

const embeddedInbox = (data: string): InboxChoice => ({
  open: async (onCommit) => sqliteInbox(inboxFile(data), onCommit),
  openReader: async () => sqliteInboxReader(inboxFile(data)),
  openDeadLetters: async (onReplay) => sqliteDeadLetters(inboxFile(data), onReplay),
})

export const chooseInbox = (data: string, nats: NatsSettings | undefined): InboxChoice =>
  nats === undefined
    ? embeddedInbox(data)
    : {
        open: (onCommit) => natsInbox(nats, onCommit),
        openReader: () => natsInboxReader(nats),
        openDeadLetters: (onReplay) => natsDeadLetters(nats, onReplay),
      }

const nameInFolder = (data: string): string => {
  const file = join(data, INBOX_NAME)
  if (!existsSync(file)) writeFileSync(file, randomUUID(), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

/** What the inbox is called in the notes of a main store to which others may lead as well. */
export const nameOfInbox = (
  data: string,
  { postgres, nats }: { postgres?: object | undefined; nats?: NatsSettings | undefined },
): string => {
  if (postgres === undefined) return ''
  return nats === undefined ? nameInFolder(data) : `nats:${nats.name}`
}

/** Opens dead letters only when somebody is to be forgotten. */
export const forgettingLetters =
  ({ openDeadLetters }: InboxChoice) =>
  async (projectId: number, person: Person): Promise<number> => {
    const letters = await openDeadLetters(() => undefined)
    return letters.forget(projectId, person).finally(() => letters.close())
  }

const MOVED_AT_ONCE = 100

/** Takes what waits in the data folder along, when the inbox was moved away from there. */
export const moveWaiting = async (data: string, inbox: Inbox): Promise<number> => {
  const reader = sqliteInboxReader(inboxFile(data))
  let moved = 0
  for (let items; (items = await reader.claim(MOVED_AT_ONCE, Infinity)).length > 0; moved += items.length) {
    await Promise.all(items.map((item) => inbox.add(item)))
    await reader.remove(items.map(({ id }) => id))
  }
  await reader.close()
  return moved
}
