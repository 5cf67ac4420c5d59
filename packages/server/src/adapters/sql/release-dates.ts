import type { Kysely } from 'kysely'
import { compareReleases, type DatedRelease } from '../../releases/order.ts'
import type { Tables } from './tables.ts'

type Read = Kysely<Tables>

const dated = (db: Read, projectId: number) =>
  db
    .selectFrom('release')
    .innerJoin('project', 'project.organization_id', 'release.organization_id')
    .select(({ fn }) => ['release.version', fn.coalesce('release.released_at', 'release.created_at').as('date')])
    .where('project.id', '=', projectId)

type Row = Awaited<ReturnType<ReturnType<typeof dated>['executeTakeFirstOrThrow']>>

const toRelease = ({ version, date }: Row): DatedRelease => ({ version, date: Number(date) })

/** A release as it stands in the order of releases; one that nobody announced is as old as the moment that it is met. */
export const datedRelease = async (
  db: Read,
  projectId: number,
  { version, metAt }: { version: string; metAt: number },
): Promise<DatedRelease> => {
  const row = await dated(db, projectId).where('release.version', '=', version).executeTakeFirst()
  return row ? toRelease(row) : { version, date: metAt }
}

const earliest = (releases: readonly DatedRelease[]): DatedRelease | undefined => releases.toSorted(compareReleases)[0]

// A commit is in each release after the first one that has it; clients send it with a few of them.
const RELEASES_WITH_COMMIT = 50

/** The first release that has a commit. */
export const releaseOfCommit = async (
  db: Read,
  projectId: number,
  commit: string,
): Promise<DatedRelease | undefined> => {
  const rows = await dated(db, projectId)
    .innerJoin('release_commit', 'release_commit.release_id', 'release.id')
    .where('release_commit.commit_id', '=', commit)
    .limit(RELEASES_WITH_COMMIT)
    .execute()
  return earliest(rows.map(toRelease))
}

// What is older than these was announced long ago, whatever its number.
const RELEASES_COMPARED = 200

/** Releases that a project takes part in, those that were heard of last. */
const recent = (db: Read, projectId: number) =>
  dated(db, projectId)
    .innerJoin('release_project', (join) =>
      join.onRef('release_project.release_id', '=', 'release.id').on('release_project.project_id', '=', projectId),
    )
    .orderBy('release_project.release_id', 'desc')
    .limit(RELEASES_COMPARED)

/** The latest release that a project takes part in. */
export const latestRelease = async (db: Read, projectId: number): Promise<DatedRelease | undefined> =>
  (await recent(db, projectId).execute()).map(toRelease).toSorted(compareReleases).at(-1)

/** Releases of a project that had been heard of when this one came, the newest of them. */
export const earlierReleases = async (
  db: Read,
  { projectId, version }: { projectId: number; version: string },
): Promise<DatedRelease[]> => {
  const rows = await recent(db, projectId)
    .where('release.id', '<', (nested) =>
      nested
        .selectFrom('release as one')
        .innerJoin('project as its', 'its.organization_id', 'one.organization_id')
        .select('one.id')
        .where('its.id', '=', projectId)
        .where('one.version', '=', version),
    )
    .execute()
  return rows.map(toRelease)
}
