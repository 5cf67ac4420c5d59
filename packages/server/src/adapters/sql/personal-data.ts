import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Erased, ErasureReceipt, Person, PersonalData, PersonalRecord } from '../../ports/personal-data.ts'
import type { MainDatabase } from './database.ts'
import { differencesOf } from './differences.ts'
import { deleteEvents, deleteIssues } from './delete-events.ts'
import { personKeys } from './event-people.ts'
import { readEvents } from './event-rows.ts'
import { forgetUsers } from './ignored-issues.ts'
import { headlineColumns } from './issue-changes.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const STEP = 200

interface Project {
  id: number
  slug: string
}

const projectsOf = (db: MainDatabase, organizationId: number): Promise<Project[]> =>
  db.selectFrom('project').select(['id', 'slug']).where('organization_id', '=', organizationId).execute()

const eventIds = async (
  db: MainDatabase | Write,
  projectId: number,
  { keys, after }: { keys: string[]; after: number },
): Promise<number[]> => {
  const rows = await db
    .selectFrom('event_person')
    .select('event_id')
    .distinct()
    .where('project_id', '=', projectId)
    .where('person', 'in', keys)
    .where('event_id', '>', after)
    .orderBy('event_id')
    .limit(STEP)
    .execute()
  return rows.map((row) => row.event_id)
}

async function* readProjectEvents(db: MainDatabase, project: Project, keys: string[]): AsyncGenerator<PersonalRecord> {
  for (let after = 0; ;) {
    const ids = await eventIds(db, project.id, { keys, after })
    if (ids.length === 0) return
    after = ids.at(-1)!
    const rows = await db.selectFrom('event').selectAll().where('id', 'in', ids).orderBy('id').execute()
    for (const event of await readEvents(db, rows))
      yield {
        kind: 'event',
        project: project.slug,
        receivedAt: new Date(event.receivedAt).toISOString(),
        data: { eventId: event.eventId, ...event.payload },
      }
  }
}

/** Feedback that the person signed, or that is about an event of theirs. */
const feedbackOf = (db: MainDatabase | Write, projectId: number, person: Person) =>
  db
    .selectFrom('feedback')
    .selectAll()
    .where('project_id', '=', projectId)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        ...(person.email ? [eb(eb.fn('lower', ['email']), '=', person.email.toLowerCase())] : []),
        exists(
          selectFrom('event')
            .innerJoin('event_person', 'event_person.event_id', 'event.id')
            .select('event.id')
            .whereRef('event.project_id', '=', 'feedback.project_id')
            .whereRef('event.event_id', '=', 'feedback.event_id')
            .where('event_person.person', 'in', personKeys(person)),
        ),
      ]),
    )

async function* read(db: MainDatabase, organizationId: number, person: Person): AsyncGenerator<PersonalRecord> {
  for (const project of await projectsOf(db, organizationId)) {
    yield* readProjectEvents(db, project, personKeys(person))
    for (const { received_at: receivedAt, name, email, message, url } of await feedbackOf(
      db,
      project.id,
      person,
    ).execute())
      yield {
        kind: 'feedback',
        project: project.slug,
        receivedAt: new Date(receivedAt).toISOString(),
        data: { name, email, message, url },
      }
  }
}

/** How the person stands among an issue's users: by the first of these that its client sent. */
const userKeys = ({ id, email, ip }: Person): string[] => [id, email, ip].filter((key) => key !== undefined)

const forgetUser = async (db: Write, projectId: number, person: Person): Promise<number> => {
  const gone = await db
    .deleteFrom('issue_user')
    .where('user_key', 'in', userKeys(person))
    .where('issue_id', 'in', db.selectFrom('issue').select('id').where('project_id', '=', projectId))
    .returning('issue_id')
    .execute()
  for (const { issue_id: id } of gone)
    await db
      .updateTable('issue')
      .set(({ eb }) => ({ user_count: eb('user_count', '-', 1) }))
      .where('id', '=', id)
      .execute()
  await forgetUsers(db, projectId, userKeys(person))
  await db
    .deleteFrom('alert_person')
    .where('user_key', 'in', userKeys(person))
    .where('rule_id', 'in', db.selectFrom('alert_rule').select('id').where('project_id', '=', projectId))
    .execute()
  await db
    .updateTable('client_session')
    .set({ user_key: null })
    .where('project_id', '=', projectId)
    .where('user_key', 'in', userKeys(person))
    .execute()
  return gone.length
}

/** An address names somebody under any tag; an ID such as `42` only under one that speaks of users. */
const forgetTags = async (db: Write, projectId: number, { id, email, ip }: Person): Promise<number> => {
  const addresses = [email, email?.toLowerCase(), ip].filter((value) => value !== undefined)
  const gone = await db
    .deleteFrom('issue_tag')
    .where('issue_id', 'in', db.selectFrom('issue').select('id').where('project_id', '=', projectId))
    .where(({ or, and, eb }) =>
      or([
        ...(addresses.length > 0 ? [eb('value', 'in', addresses)] : []),
        ...(id === undefined ? [] : [and([eb('value', '=', id), eb('key', 'like', '%user%')])]),
      ]),
    )
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}

const forgetFeedback = async (db: Write, projectId: number, person: Person): Promise<number> => {
  const found = await feedbackOf(db, projectId, person).execute()
  if (found.length === 0) return 0
  const owners = found.flatMap((row) => [row.feedback_id, ...(row.event_id === null ? [] : [row.event_id])])
  await db.deleteFrom('attachment').where('project_id', '=', projectId).where('event_id', 'in', owners).execute()
  await db
    .deleteFrom('feedback')
    .where(
      'id',
      'in',
      found.map(({ id }) => id),
    )
    .execute()
  return found.length
}

/** Titles may hold what the last event said: the newest that is left gives them, and an issue without any goes. */
const settleIssues = async (db: Write, issueIds: readonly number[]): Promise<number> => {
  const empty: number[] = []
  for (const issueId of issueIds) {
    const newest = await db
      .selectFrom('event')
      .selectAll()
      .where('issue_id', '=', issueId)
      .orderBy('happened_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (!newest) empty.push(issueId)
    else {
      const [event] = await readEvents(db, [newest])
      await db.updateTable('issue').set(headlineColumns(event!.headline)).where('id', '=', issueId).execute()
    }
  }
  await deleteIssues(db, empty)
  return empty.length
}

/** One step through a project; undefined when no event of the person is left. */
const eraseEvents = (
  db: MainDatabase,
  projectId: number,
  keys: string[],
): Promise<Pick<Erased, 'events' | 'issues'> | undefined> =>
  db.transaction().execute(async (transaction) => {
    const ids = await eventIds(transaction, projectId, { keys, after: 0 })
    if (ids.length === 0) return undefined
    const rows = await transaction.selectFrom('event').select('issue_id').distinct().where('id', 'in', ids).execute()
    const { events } = await deleteEvents(transaction, ids)
    // An entry may have outlived its event; without this it would be found again for ever.
    await transaction.deleteFrom('event_person').where('event_id', 'in', ids).execute()
    const issues = await settleIssues(
      transaction,
      rows.map((row) => row.issue_id),
    )
    return { events, issues }
  })

/** Deletes what is not stored yet; tells how many requests. */
type ForgetDeadLetters = (projectId: number, person: Person) => Promise<number>

interface Erasure {
  organizationId: number
  person: Person
  forgetDeadLetters: ForgetDeadLetters
}

const erase = async (db: MainDatabase, { organizationId, person, forgetDeadLetters }: Erasure): Promise<Erased> => {
  const erased: Erased = { events: 0, issues: 0, users: 0, tags: 0, feedback: 0, deadLetters: 0 }
  for (const { id } of await projectsOf(db, organizationId)) {
    erased.deadLetters += await forgetDeadLetters(id, person)
    await db.transaction().execute(async (transaction) => {
      // First, while the events still tell what it is about.
      erased.feedback += await forgetFeedback(transaction, id, person)
      erased.users += await forgetUser(transaction, id, person)
      erased.tags += await forgetTags(transaction, id, person)
    })
    for (let step; (step = await eraseEvents(db, id, personKeys(person)));) {
      erased.events += step.events
      erased.issues += step.issues
    }
  }
  await differencesOf(db).textIndex.purge(db)
  return erased
}

const hashOf = (person: Person): string =>
  createHash('sha256').update(personKeys(person).toSorted().join('\n')).digest('hex')

export const sqlPersonalData = (
  db: MainDatabase,
  forgetDeadLetters: ForgetDeadLetters,
  now: () => number,
): PersonalData => ({
  read: (organizationId, person) => read(db, organizationId, person),
  erase: async (organizationId, person) => {
    const erased = await differencesOf(db).erasing(db, () => erase(db, { organizationId, person, forgetDeadLetters }))
    const personHash = hashOf(person)
    const erasedAt = now()
    const { id } = await db
      .insertInto('erasure')
      .values({
        organization_id: organizationId,
        person_hash: personHash,
        erased: JSON.stringify(erased),
        erased_at: erasedAt,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, personHash, erased, erasedAt }
  },
  receipts: async (organizationId) => {
    const rows = await db
      .selectFrom('erasure')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .orderBy('id', 'desc')
      .limit(100)
      .execute()
    return rows.map((row): ErasureReceipt => ({
      id: row.id,
      personHash: row.person_hash,
      erased: JSON.parse(row.erased),
      erasedAt: row.erased_at,
    }))
  },
})
