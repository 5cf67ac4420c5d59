import type { User } from '@foghorn/protocol'
import type { Transaction } from 'kysely'
import type { Person } from '../../ports/personal-data.ts'
import type { Tables } from './tables.ts'

/** How a person is written where events are looked up by them: one text for each way to tell who it is. */
export const personKeys = ({ id, email, ip }: Person): string[] => [
  ...(id ? [`id:${id}`] : []),
  ...(email ? [`email:${email.toLowerCase()}`] : []),
  ...(ip ? [`ip:${ip}`] : []),
]

const keysOf = (user: User | undefined): string[] =>
  user ? personKeys({ id: user.id, email: user.email, ip: user.ip_address }) : []

const ROWS_PER_STATEMENT = 500

interface InsertedEvent {
  id: number
  projectId: number
  payload: { user?: User | undefined }
}

/** Notes whom new events happened to, so that everything about one person can be found. */
export const learnPeople = async (db: Transaction<Tables>, events: readonly InsertedEvent[]): Promise<void> => {
  const rows = events.flatMap(({ id, projectId, payload }) =>
    keysOf(payload.user).map((person) => ({ project_id: projectId, person, event_id: id })),
  )
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT)
    await db
      .insertInto('event_person')
      .values(rows.slice(from, from + ROWS_PER_STATEMENT))
      .execute()
}
