import type { Transaction } from 'kysely'
import { ensureRelease } from './release-rows.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

/** That a client of some release told something. */
export interface ReleaseSighting {
  projectId: number
  version: string
  /** When its event happened; absent for what is no event. */
  eventAt?: number
  /** Whether an issue appeared with the event. */
  isNewIssue?: boolean
}

interface Sum {
  projectId: number
  version: string
  firstEventAt: number | null
  lastEventAt: number | null
  newIssues: number
}

const times = (sum: Sum | undefined, eventAt: number | undefined) => {
  const all = [sum?.firstEventAt, sum?.lastEventAt, eventAt].filter((at) => typeof at === 'number')
  return all.length === 0
    ? { firstEventAt: null, lastEventAt: null }
    : { firstEventAt: Math.min(...all), lastEventAt: Math.max(...all) }
}

const sumUp = (sightings: readonly ReleaseSighting[]): Sum[] => {
  const sums = new Map<string, Sum>()
  for (const { projectId, version, eventAt, isNewIssue = false } of sightings) {
    const key = `${projectId} ${version}`
    const sum = sums.get(key)
    const newIssues = (sum?.newIssues ?? 0) + Number(isNewIssue)
    sums.set(key, { projectId, version, ...times(sum, eventAt), newIssues })
  }
  // In one order for all, so that no two who store at once wait for each other.
  return [...sums.values()].toSorted((a, b) => (a.version < b.version ? -1 : 1))
}

const organizationsOf = async (db: Write, projectIds: readonly number[]): Promise<ReadonlyMap<number, number>> => {
  const rows = await db.selectFrom('project').select(['id', 'organization_id']).where('id', 'in', projectIds).execute()
  return new Map(rows.map(({ id, organization_id }) => [id, organization_id]))
}

const addTo = async (db: Write, releaseId: number, sum: Sum): Promise<void> => {
  await db
    .insertInto('release_project')
    .values({
      release_id: releaseId,
      project_id: sum.projectId,
      first_event_at: sum.firstEventAt,
      last_event_at: sum.lastEventAt,
      new_issues: sum.newIssues,
    })
    .onConflict((conflict) =>
      conflict.columns(['release_id', 'project_id']).doUpdateSet((eb) => {
        const { ref } = eb
        // min() and max() of two values differ between databases; coalesce and case do not.
        const better = (column: 'first_event_at' | 'last_event_at', comparison: '<' | '>') =>
          eb
            .case()
            .when(`release_project.${column}`, comparison, ref(`excluded.${column}`))
            .then(ref(`release_project.${column}`))
            .else(eb.fn.coalesce(`excluded.${column}`, `release_project.${column}`))
            .end()
        return {
          first_event_at: better('first_event_at', '<'),
          last_event_at: better('last_event_at', '>'),
          new_issues: eb('release_project.new_issues', '+', ref('excluded.new_issues')),
        }
      }),
    )
    .execute()
}

/** Notes that releases are in use; those that nobody has announced are made by that. */
export const noteReleases = async (db: Write, sightings: readonly ReleaseSighting[], now: number): Promise<void> => {
  const sums = sumUp(sightings.filter(({ version }) => version !== ''))
  if (sums.length === 0) return
  const organizations = await organizationsOf(
    db,
    sums.map(({ projectId }) => projectId),
  )
  for (const sum of sums) {
    const organizationId = organizations.get(sum.projectId)
    if (organizationId === undefined) continue
    await addTo(db, (await ensureRelease(db, organizationId, { version: sum.version, now })).id, sum)
  }
}
