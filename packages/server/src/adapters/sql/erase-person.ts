import type { Transaction } from 'kysely'
import type { Erased, Person } from '../../ports/personal-data.ts'
import { deleteEvents, deleteIssues } from './delete-events.ts'
import { differencesOf } from './differences.ts'
import { personKeys } from './event-people.ts'
import { readEvents } from './event-rows.ts'
import { eventIds, feedbackOf, projectsOf } from './find-person.ts'
import { forgetUsers } from './ignored-issues.ts'
import { headlineColumns } from './issue-changes.ts'
import type { MainDatabase } from './main-database.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

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
export type ForgetDeadLetters = (projectId: number, person: Person) => Promise<number>

export interface Erasure {
  organizationId: number
  person: Person
  forgetDeadLetters: ForgetDeadLetters
}

/** Deletes a person's events, the issues that nothing is left of, and what else tells of them. */
export const erasePerson = async (
  db: MainDatabase,
  { organizationId, person, forgetDeadLetters }: Erasure,
): Promise<Erased> => {
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
