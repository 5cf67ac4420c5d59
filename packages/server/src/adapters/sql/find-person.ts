import type { Transaction } from 'kysely'
import type { Person, PersonalRecord } from '../../ports/personal-data.ts'
import { personKeys } from './event-people.ts'
import { readEvents } from './event-rows.ts'
import type { MainDatabase } from './main-database.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

// Events in one step.
const STEP = 200

interface Project {
  id: number
  slug: string
}

export const projectsOf = (db: MainDatabase, organizationId: number): Promise<Project[]> =>
  db.selectFrom('project').select(['id', 'slug']).where('organization_id', '=', organizationId).execute()

export const eventIds = async (
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
export const feedbackOf = (db: MainDatabase | Write, projectId: number, person: Person) =>
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

/** All that is stored of a person. */
export async function* readPerson(
  db: MainDatabase,
  organizationId: number,
  person: Person,
): AsyncGenerator<PersonalRecord> {
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
