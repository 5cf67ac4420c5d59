import { sql, type Selectable, type Transaction } from 'kysely'
import type { ArtifactFile } from '../../ports/artifact-store.ts'
import type { PassRequest, RegroupCause, RegroupJob, Regrouping } from '../../ports/regrouping.ts'
import { fileName, urlPath } from '../../artifacts/url-path.ts'
import type { MainDatabase } from './main-database.ts'
import { differencesOf } from './differences.ts'
import type { Tables } from './tables.ts'

type JobRow = Selectable<Tables['regroup_job']>

/** Passes over scripts name them, passes after a merge name hashes; the others are about all events of the project. */
export type Subject = { scripts: number[] } | { hashes: string[] } | { all: true }

/** Files that a project has got, or has lost. */
export interface ArtifactChange extends PassRequest {
  cause: 'artifacts-arrived' | 'artifacts-removed'
  files: readonly ArtifactFile[]
}

/** More events than these are not looked at again: the newest are the ones that people read. */
export const EVENTS_PER_JOB = 200_000

const SCRIPTS_PER_JOB = 1000
const NAMES_PER_STATEMENT = 500

const toJob = (row: JobRow): RegroupJob => ({
  id: row.id,
  projectId: row.project_id,
  cause: row.cause as RegroupCause,
  about: row.about,
  total: row.total,
  checked: row.checked,
  changed: row.changed,
  moved: row.moved,
  requestedAt: Number(row.requested_at),
  finishedAt: row.finished_at === null ? null : Number(row.finished_at),
})

const scripts = (db: MainDatabase, projectId: number) =>
  db.selectFrom('script').select('id').where('project_id', '=', projectId).orderBy('id', 'desc').limit(SCRIPTS_PER_JOB)

const withDebugId = (db: MainDatabase, projectId: number, debugIds: readonly string[]) =>
  scripts(db, projectId).where('debug_id', 'in', debugIds)

/** A script whose debug ID has a map is read through that one, whatever else has its name. */
const withNameAlone = (db: MainDatabase, projectId: number, names: readonly string[]) =>
  scripts(db, projectId)
    .where('file_name', 'in', names)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('artifact')
            .select('artifact.id')
            .where('artifact.project_id', '=', projectId)
            .where('artifact.kind', '=', 'map')
            .where('artifact.debug_id', '!=', '')
            .whereRef('artifact.debug_id', '=', 'script.debug_id'),
        ),
      ),
    )

const inParts = function* <Item>(items: Iterable<Item>): Generator<Item[]> {
  const all = [...new Set(items)]
  for (let start = 0; start < all.length; start += NAMES_PER_STATEMENT)
    yield all.slice(start, start + NAMES_PER_STATEMENT)
}

const findScripts = async (db: MainDatabase, { projectId, files }: ArtifactChange): Promise<number[]> => {
  const found = new Set<number>()
  const add = (rows: readonly { id: number }[]) => rows.forEach(({ id }) => found.add(id))
  for (const debugIds of inParts(files.flatMap(({ debugId }) => debugId ?? [])))
    add(await withDebugId(db, projectId, debugIds).execute())
  for (const names of inParts(files.map(({ scriptUrl }) => fileName(urlPath(scriptUrl)))))
    add(await withNameAlone(db, projectId, names).execute())
  return [...found].sort((a, b) => b - a).slice(0, SCRIPTS_PER_JOB)
}

const countEvents = async (db: MainDatabase, projectId: number, subject: Subject): Promise<number> => {
  const distinct =
    'scripts' in subject
      ? db
          .selectFrom('event_script')
          .select(({ fn }) => fn.count<number>('event_id').distinct().as('total'))
          .where('script_id', 'in', subject.scripts)
      : db
          .selectFrom('event')
          .select(({ fn }) => fn.countAll<number>().as('total'))
          .where('project_id', '=', projectId)
          .$if('hashes' in subject, (query) =>
            query.where('group_hash', 'in', 'hashes' in subject ? subject.hashes : []),
          )
  const { total } = await distinct.executeTakeFirstOrThrow()
  return Math.min(Number(total), EVENTS_PER_JOB)
}

/** Writes a pass into the work list. */
export const addJob = async (
  db: MainDatabase,
  { projectId, cause, about, subject, now }: PassRequest & { subject: Subject; now: number },
): Promise<void> => {
  await db
    .insertInto('regroup_job')
    .values({
      project_id: projectId,
      cause,
      about: about.slice(0, 200),
      subject: JSON.stringify(subject),
      // Events that were read before the change and stored after it are part of the pass.
      below_event: Number.MAX_SAFE_INTEGER,
      total: await countEvents(db, projectId, subject),
      requested_at: now,
      finished_at: null,
    })
    .execute()
}

/** Asks for a pass over the events with frames in the scripts of these files, if there are any. */
export const requestForFiles = async (db: MainDatabase, change: ArtifactChange, now: number): Promise<void> => {
  const scripts = await findScripts(db, change)
  if (scripts.length > 0) await addJob(db, { ...change, subject: { scripts }, now })
}

interface Progress {
  subject: Subject
  belowEvent: number
}

/** What a pass is about, and down to which event it has come. */
export const readProgress = async (db: MainDatabase, jobId: number): Promise<Progress> => {
  const row = await db
    .selectFrom('regroup_job')
    .select(['subject', 'below_event'])
    .where('id', '=', jobId)
    .executeTakeFirstOrThrow()
  return { subject: JSON.parse(row.subject), belowEvent: Number(row.below_event) }
}

/** Notes that a pass has made a step. */
export const advance = async (
  db: Transaction<Tables>,
  job: RegroupJob,
  step: { checked: number; changed: number; moved: number; belowEvent?: number; isLast: boolean; now: number },
): Promise<void> => {
  await db
    .updateTable('regroup_job')
    .set((eb) => ({
      // Events that were stored since the pass was asked for were not counted then.
      total: sql`case when total < checked + ${step.checked} then checked + ${step.checked} else total end`,
      checked: eb('checked', '+', step.checked),
      changed: eb('changed', '+', step.changed),
      moved: eb('moved', '+', step.moved),
      ...(step.belowEvent === undefined ? {} : { below_event: step.belowEvent }),
      ...(step.isLast ? { finished_at: step.now } : {}),
    }))
    .where('id', '=', job.id)
    .execute()
}

type Jobs = Pick<Regrouping, 'next' | 'list'>

export const regroupJobs = (db: MainDatabase, now: () => number): Jobs => ({
  next: async () => {
    const row = await db
      .selectFrom('regroup_job')
      .selectAll()
      .where('finished_at', 'is', null)
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
    const claimed = row && (await differencesOf(db).claim(db, 'regroup_job', { ids: [row.id], now: now() }))
    return claimed?.length ? toJob(row!) : undefined
  },
  list: async (projectId, limit) => {
    const rows = await db
      .selectFrom('regroup_job')
      .selectAll()
      .where('project_id', '=', projectId)
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map(toJob)
  },
})
