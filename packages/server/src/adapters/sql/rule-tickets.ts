import type { Transaction } from 'kysely'
import type { Evidence } from '../../alerts/firing.ts'
import type { StoredAlertRule } from '../../alerts/rule.ts'
import { whyOf } from '../../alerts/why.ts'
import type { Tables } from './tables.ts'
import { wantTicket } from './want-tickets.ts'

interface Fired {
  alertId: number
  issueId: number
  evidence: Evidence
  now: number
}

/** Has the tickets made that a rule is to make: they wake nobody, so quiet hours do not count. */
export const wantTicketsOf = async (
  db: Transaction<Tables>,
  rule: StoredAlertRule,
  { alertId, issueId, evidence, now }: Fired,
): Promise<void> => {
  const wanted = rule.steps.flatMap(({ afterMinutes, tickets = [] }) =>
    tickets.map((systemId) => ({ systemId, dueAt: now + afterMinutes * 60_000 })),
  )
  if (wanted.length === 0) return
  const ids = wanted.map(({ systemId }) => systemId)
  // Those that were removed stay in rules.
  const rows = await db.selectFrom('ticket_system').select('id').where('id', 'in', ids).execute()
  const known = new Set(rows.map(({ id }) => id))
  const why = `${rule.name}: ${whyOf(rule.trigger, evidence)}`
  for (const one of wanted.filter(({ systemId }) => known.has(systemId)))
    await wantTicket(db, { ...one, issueId, projectId: rule.projectId, by: null, alertId, why, now })
}
