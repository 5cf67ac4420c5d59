import type { Occasion } from '../../alerts/occasion.ts'
import { tagsOf, userKey } from '../../event-facets.ts'
import type { OccasionStore } from '../../ports/occasions.ts'
import type { MainDatabase } from './main-database.ts'
import { eventsSince } from './events-since.ts'
import { unpack } from './payload.ts'
import { projectOwners } from './project-owners.ts'

const readRows = (db: MainDatabase, projectId: number, { from, limit }: { from: number; limit: number }) =>
  db
    .selectFrom('event')
    .innerJoin('issue', 'issue.id', 'event.issue_id')
    .leftJoin('turning_point', (join) =>
      join.onRef('turning_point.event_id', '=', 'event.id').on('turning_point.reason', '=', 'regression'),
    )
    .where('event.project_id', '=', projectId)
    .where('event.received_at', '>=', from)
    .orderBy('event.id', 'desc')
    .limit(limit)
    .select([
      'event.event_id',
      'event.issue_id',
      'event.happened_at',
      'event.received_at',
      'event.times',
      'event.payload',
      'issue.first_seen',
      'turning_point.reason',
    ])
    .execute()

type Row = Awaited<ReturnType<typeof readRows>>[number]

/** Gives each event what it was for its issue: the first that is as old as the issue began it. */
const toOccasions = (rows: readonly Row[]): Occasion[] => {
  const begun = new Set<number>()
  return rows.map((row) => {
    const { payload } = unpack(row.payload)
    const isFirst = row.happened_at === row.first_seen && !begun.has(row.issue_id)
    if (isFirst) begun.add(row.issue_id)
    return {
      issueId: row.issue_id,
      eventId: row.event_id,
      happenedAt: row.happened_at,
      receivedAt: row.received_at,
      times: row.times,
      change: row.reason ? 'regressed' : isFirst ? 'new' : 'seen',
      user: userKey(payload),
      tags: new Map(tagsOf(payload)),
      url: payload.request?.url,
    }
  })
}

/** Owners are found by frames, which are read page by page. */
const withOwners = async (
  db: MainDatabase,
  projectId: number,
  { occasions, ...page }: { occasions: readonly Occasion[]; from: number; limit: number },
): Promise<Occasion[]> => {
  const owners = projectOwners(db)
  const names = new Map<string, readonly string[]>()
  for await (const events of eventsSince(db, projectId, page))
    for (const event of events) names.set(event.eventId, await owners.namesOf(event))
  return occasions.map((occasion) => ({ ...occasion, owners: names.get(occasion.eventId) }))
}

export const sqlOccasions = (db: MainDatabase): OccasionStore => ({
  since: async (projectId, { withOwners: isAsked, ...page }) => {
    const occasions = toOccasions((await readRows(db, projectId, page)).toReversed())
    return isAsked ? withOwners(db, projectId, { occasions, ...page }) : occasions
  },
})
