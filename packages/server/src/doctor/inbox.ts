import { existsSync } from 'node:fs'
import { countRows } from '../adapters/sqlite/inspect-sqlite.ts'
import { inboxFile } from '../data-folder.ts'
import { findingsOr, type Check, type Finding } from './finding.ts'

const MANY_WAITING = 10_000

export const inbox: Check = {
  name: 'inbox',
  look: ({ data }) => {
    if (!existsSync(inboxFile(data))) return findingsOr('inbox', [], 'Nothing was ever received.')
    const { inbox: waiting = 0, dead_letter: dead = 0 } = countRows(inboxFile(data))
    const found: Omit<Finding, 'check'>[] = []
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
