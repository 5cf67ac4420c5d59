import type { Transaction } from 'kysely'
import { evaluate, type Firing } from '../../alerts/evaluate.ts'
import type { Occasion } from '../../alerts/occasion.ts'
import type { StoredAlertRule } from '../../alerts/rule.ts'
import { dueAt } from '../../alerts/schedule.ts'
import type { GroupedEvent } from '../../event.ts'
import { readRules } from './alert-rules.ts'
import { sqlTallies } from './alert-tallies.ts'
import { tagsOf, userKey } from '../../event-facets.ts'
import type { Placed } from './issue-batch.ts'
import { wantTicketsOf } from './rule-tickets.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const toOccasion = (event: GroupedEvent, { issue, change }: Placed): Occasion => ({
  issueId: issue.id,
  eventId: event.eventId,
  happenedAt: event.happenedAt,
  receivedAt: event.receivedAt,
  times: event.times,
  change,
  user: userKey(event.payload),
  tags: new Map(tagsOf(event.payload)),
  url: event.payload.request?.url,
})

/** Notes that a rule has come true; undefined when that was known. */
const insertAlert = async (
  db: Write,
  rule: StoredAlertRule,
  { firing, now }: { firing: Firing; now: number },
): Promise<number | undefined> => {
  const { subject, occurrence, occasion, evidence } = firing
  const row = await db
    .insertInto('alert')
    .values({
      rule_id: rule.id,
      project_id: rule.projectId,
      subject,
      occurrence,
      event_id: occasion.eventId,
      issue_id: occasion.issueId,
      evidence: JSON.stringify(evidence),
      happened_at: occasion.happenedAt,
      fired_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** Puts into the outbox who is to be told, and when. */
const insertNotifications = async (
  db: Write,
  rule: StoredAlertRule,
  { alertId, now }: { alertId: number; now: number },
): Promise<void> => {
  const rows = rule.steps.flatMap(({ afterMinutes, channels }, step) =>
    [...new Set(channels)].map((channelId) => ({
      channel_id: channelId,
      alert_id: alertId,
      idempotency_key: `alert-${alertId}-step-${step + 1}-channel-${channelId}`,
      collected: rule.digest === undefined ? 0 : 1,
      status: 'waiting',
      due_at: dueAt(now + afterMinutes * 60_000, rule),
    })),
  )
  if (rows.length > 0) await db.insertInto('notification').values(rows).execute()
}

const isMuted = ({ mutedUntil }: StoredAlertRule, now: number): boolean => mutedUntil !== null && mutedUntil > now

const raiseInProject = async (
  db: Write,
  rules: readonly StoredAlertRule[],
  { occasions, now }: { occasions: readonly Occasion[]; now: number },
): Promise<void> => {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  for (const firing of await evaluate(rules, occasions, sqlTallies(db))) {
    const rule = byId.get(firing.ruleId)!
    const alertId = await insertAlert(db, rule, { firing, now })
    if (alertId === undefined || isMuted(rule, now)) continue
    await insertNotifications(db, rule, { alertId, now })
    await wantTicketsOf(db, rule, { alertId, issueId: firing.occasion.issueId, evidence: firing.evidence, now })
  }
}

/** Fires the rules that come true by newly stored events, and fills the outbox, in the transaction that stores them. */
export const raiseAlerts = async (db: Write, places: ReadonlyMap<GroupedEvent, Placed>, now: number): Promise<void> => {
  for (const projectId of new Set([...places.keys()].map((event) => event.projectId))) {
    const rules = await readRules(db, projectId)
    if (rules.length === 0) continue
    const occasions = [...places]
      .filter(([event]) => event.projectId === projectId)
      .map(([event, place]) => toOccasion(event, place))
    await raiseInProject(db, rules, { occasions, now })
  }
}
