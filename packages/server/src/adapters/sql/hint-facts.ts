import type { Appearance, BrowserCount } from '../../issues/hints/hint.ts'
import type { HintFacts } from '../../ports/hint-facts.ts'
import type { Issue } from '../../ports/issues.ts'
import { previousRelease } from '../../releases/order.ts'
import type { MainDatabase } from './main-database.ts'
import { commitsOf } from './release-commits.ts'
import { datedRelease, earlierReleases } from './release-dates.ts'

const DAY_MS = 24 * 3_600_000
const DEPLOYS = 20

const releaseId = async (db: MainDatabase, projectId: number, version: string): Promise<number | undefined> => {
  const row = await db
    .selectFrom('release')
    .innerJoin('project', 'project.organization_id', 'release.organization_id')
    .select('release.id')
    .where('project.id', '=', projectId)
    .where('release.version', '=', version)
    .executeTakeFirst()
  return row?.id
}

const deploysBefore = async (db: MainDatabase, id: number, time: number): Promise<Appearance['deploys']> => {
  const rows = await db
    .selectFrom('deploy')
    .select(['environment', 'name', 'finished_at'])
    .where('release_id', '=', id)
    .orderBy('id', 'desc')
    .limit(DEPLOYS)
    .execute()
  return rows
    .map(({ environment, name, finished_at }) => ({ environment, name, finishedAt: Number(finished_at ?? 0) }))
    .filter(({ finishedAt }) => finishedAt <= time && finishedAt > time - DAY_MS)
    .toSorted((a, b) => b.finishedAt - a.finishedAt)
}

type Sighting = Pick<Appearance, 'isReturn' | 'seenAt'> & { version: string | null }

const lastReturn = async (db: MainDatabase, issueId: number): Promise<Sighting | undefined> => {
  const row = await db
    .selectFrom('issue_activity')
    .select(['release', 'at'])
    .where('issue_id', '=', issueId)
    .where('type', '=', 'set_regression')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { version: row.release, isReturn: true, seenAt: Number(row.at) }
}

const sightingOf = async (db: MainDatabase, issue: Issue): Promise<Sighting> => {
  const returned = issue.substatus === 'regressed' ? await lastReturn(db, issue.id) : undefined
  return returned ?? { version: issue.firstRelease, isReturn: false, seenAt: issue.firstSeen }
}

const appearance = async (db: MainDatabase, issue: Issue): Promise<Appearance | undefined> => {
  const { projectId } = issue
  const { version, isReturn, seenAt } = await sightingOf(db, issue)
  const id = version === null ? undefined : await releaseId(db, projectId, version)
  if (version === null || id === undefined) return undefined
  const dated = await datedRelease(db, projectId, { version, metAt: seenAt })
  const previous = previousRelease(dated, await earlierReleases(db, { projectId, version }))
  return {
    ...dated,
    isReturn,
    seenAt,
    previous: previous?.version ?? null,
    deploys: await deploysBefore(db, id, seenAt),
    commits: await commitsOf(db, id),
  }
}

const BROWSERS = 50
const OTHER_ISSUES = 100

const browsersOf = async (db: MainDatabase, issueIds: readonly number[]): Promise<BrowserCount[]> => {
  if (issueIds.length === 0) return []
  const rows = await db
    .selectFrom('issue_tag')
    .select(({ fn }) => ['value as browser', fn.sum<number>('event_count').as('events')])
    .where('issue_id', 'in', issueIds)
    .where('key', '=', 'browser')
    .groupBy('value')
    .orderBy('events', 'desc')
    .limit(BROWSERS)
    .execute()
  return rows.map(({ browser, events }) => ({ browser, events: Number(events) }))
}

const othersOf = async (db: MainDatabase, { id, projectId }: Issue): Promise<number[]> => {
  const rows = await db
    .selectFrom('issue')
    .select('id')
    .where('project_id', '=', projectId)
    .where('status', '=', 'unresolved')
    .where('id', '!=', id)
    .orderBy('last_seen', 'desc')
    .orderBy('id', 'desc')
    .limit(OTHER_ISSUES)
    .execute()
  return rows.map((row) => row.id)
}

export const sqlHintFacts = (db: MainDatabase): HintFacts => ({
  appearance: (issue) => appearance(db, issue),
  browsers: async (issue) => ({
    issue: await browsersOf(db, [issue.id]),
    others: await browsersOf(db, await othersOf(db, issue)),
  }),
})
