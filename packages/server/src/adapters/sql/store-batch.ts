import type { Transaction } from 'kysely'
import type { GroupedEvent } from '../../event.ts'
import type { IssueReference, Outcome, OutcomeReport, StoreResult } from '../../ports/events.ts'
import { findIssue, learnHashes } from './issue-hashes.ts'
import { pack } from './payload.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const HOUR_MS = 3_600_000

const isDuplicate = async (db: Write, event: GroupedEvent): Promise<boolean> => {
  const row = await db
    .selectFrom('event')
    .select('id')
    .where('project_id', '=', event.projectId)
    .where('event_id', '=', event.eventId)
    .executeTakeFirst()
  return row !== undefined
}

const createIssue = async (db: Write, event: GroupedEvent): Promise<number> => {
  const { last_issue_number: number } = await db
    .updateTable('project')
    .set((eb) => ({ last_issue_number: eb('last_issue_number', '+', 1) }))
    .where('id', '=', event.projectId)
    .returning('last_issue_number')
    .executeTakeFirstOrThrow()
  const { headline, payload } = event
  const { id } = await db
    .insertInto('issue')
    .values({
      project_id: event.projectId,
      number,
      status: 'unresolved',
      kind: event.kind,
      title: headline.title,
      culprit: headline.culprit,
      level: payload.level,
      metadata: JSON.stringify(headline.metadata),
      event_count: 0,
      user_count: 0,
      first_seen: event.happenedAt,
      last_seen: event.happenedAt,
      first_release: payload.release ?? null,
      last_release: payload.release ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const userKey = (event: GroupedEvent): string | undefined => {
  const user = event.payload.user
  return user?.id ?? user?.email ?? user?.username ?? user?.ip_address
}

const countUser = async (db: Write, issueId: number, event: GroupedEvent): Promise<number> => {
  const key = userKey(event)
  if (key === undefined) return 0
  const inserted = await db
    .insertInto('issue_user')
    .values({ issue_id: issueId, user_key: key })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(inserted.numInsertedOrUpdatedRows ?? 0)
}

const tagsOf = (event: GroupedEvent): [string, string][] => {
  const { tags, environment, release } = event.payload
  return Object.entries({
    ...tags,
    level: event.payload.level,
    environment,
    ...(release === undefined ? {} : { release }),
  })
}

const countTags = async (db: Write, issueId: number, event: GroupedEvent): Promise<void> => {
  const rows = tagsOf(event).map(([key, value]) => ({ issue_id: issueId, key, value, event_count: event.times }))
  await db
    .insertInto('issue_tag')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['issue_id', 'key', 'value'])
        .doUpdateSet((eb) => ({ event_count: eb('issue_tag.event_count', '+', event.times) })),
    )
    .execute()
}

/** Adds the event to its issue's figures; the newest event gives the headline. */
const touchIssue = async (
  db: Write,
  issueId: number,
  event: GroupedEvent,
): Promise<{ number: number; status: string }> => {
  const users = await countUser(db, issueId, event)
  const before = await db.selectFrom('issue').selectAll().where('id', '=', issueId).executeTakeFirstOrThrow()
  const isNewest = event.happenedAt >= before.last_seen
  const { headline, payload } = event
  await db
    .updateTable('issue')
    .set({
      event_count: before.event_count + event.times,
      user_count: before.user_count + users,
      first_seen: Math.min(before.first_seen, event.happenedAt),
      last_seen: Math.max(before.last_seen, event.happenedAt),
      status: before.status === 'resolved' ? 'unresolved' : before.status,
      ...(isNewest && {
        title: headline.title,
        culprit: headline.culprit,
        level: payload.level,
        metadata: JSON.stringify(headline.metadata),
        last_release: payload.release ?? before.last_release,
      }),
    })
    .where('id', '=', issueId)
    .execute()
  return { number: before.number, status: before.status }
}

const insertEvent = async (db: Write, issueId: number, event: GroupedEvent): Promise<void> => {
  const { kind, payload, stacks, grouping, headline } = event
  await db
    .insertInto('event')
    .values({
      project_id: event.projectId,
      event_id: event.eventId,
      issue_id: issueId,
      happened_at: event.happenedAt,
      received_at: event.receivedAt,
      title: headline.title,
      payload: pack({ kind, payload, stacks, grouping, headline }),
    })
    .execute()
}

const reference = async (db: Write, id: number, event: GroupedEvent, number: number): Promise<IssueReference> => {
  const { slug } = await db
    .selectFrom('project')
    .select('slug')
    .where('id', '=', event.projectId)
    .executeTakeFirstOrThrow()
  return { id, projectId: event.projectId, shortId: `${slug.toUpperCase()}-${number}` }
}

const storeEvent = async (db: Write, event: GroupedEvent): Promise<StoreResult> => {
  if (await isDuplicate(db, event)) return { status: 'duplicate' }
  const known = await findIssue(db, event.projectId, event.grouping)
  const issueId = known ?? (await createIssue(db, event))
  await learnHashes(db, { projectId: event.projectId, issueId, grouping: event.grouping })
  const before = await touchIssue(db, issueId, event)
  await countTags(db, issueId, event)
  await insertEvent(db, issueId, event)
  const seen = before.status === 'resolved' ? 'regressed' : 'seen'
  return {
    status: 'stored',
    change: known === undefined ? 'new' : seen,
    issue: await reference(db, issueId, event, before.number),
  }
}

const count = async (db: Write, { at, quantity, projectId, ...outcome }: Outcome): Promise<void> => {
  await db
    .insertInto('outcome')
    .values({ project_id: projectId, hour: Math.floor(at / HOUR_MS) * HOUR_MS, quantity, ...outcome })
    .onConflict((conflict) =>
      conflict
        .columns(['project_id', 'hour', 'category', 'outcome', 'reason'])
        .doUpdateSet((eb) => ({ quantity: eb('outcome.quantity', '+', quantity) })),
    )
    .execute()
}

/** False for a report that was counted before. */
const isFirst = async (db: Write, { projectId, id, outcomes }: OutcomeReport): Promise<boolean> => {
  if (id === undefined) return true
  const inserted = await db
    .insertInto('counted_report')
    .values({ project_id: projectId, report_id: id, counted_at: outcomes[0]?.at ?? 0 })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(inserted.numInsertedOrUpdatedRows ?? 0) > 0
}

const outcomeOf = (event: GroupedEvent, result: StoreResult): Outcome => ({
  projectId: event.projectId,
  at: event.receivedAt,
  category: event.kind === 'error' ? 'error' : 'default',
  outcome: result.status === 'stored' ? 'accepted' : 'duplicate',
  reason: '',
  quantity: event.times,
})

/** Stores events one after the other and counts them with what the reports tell, all within the caller's transaction. */
export const storeBatch = async (
  db: Write,
  events: readonly GroupedEvent[],
  reports: readonly OutcomeReport[],
): Promise<StoreResult[]> => {
  const results: StoreResult[] = []
  for (const event of events) {
    const result = await storeEvent(db, event)
    results.push(result)
    await count(db, outcomeOf(event, result))
  }
  for (const report of reports)
    if (await isFirst(db, report)) for (const outcome of report.outcomes) await count(db, outcome)
  return results
}
