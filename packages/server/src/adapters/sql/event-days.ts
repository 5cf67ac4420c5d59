import { sql, type Kysely } from 'kysely'
import type { MainDatabase } from './main-database.ts'

/** Events by the day on which they were received; what differs between the databases. */
export interface EventDays {
  /** Keeps events by days, and makes `event_key`, which tells of each event that it is stored and when it was received. */
  divide(db: Kysely<unknown>): Promise<void>
  /** Makes room for today and the days to come. */
  prepare(db: MainDatabase, now: number): Promise<void>
  /** One step: gives back the space of a past day of which little is left; false when there was none. */
  release(db: MainDatabase, now: number): Promise<boolean>
}

/** All events in one table, whose own index has the keys. */
export const undividedEvents: EventDays = {
  divide: async (db) => {
    await sql`create view event_key as select project_id, event_id, received_at from event`.execute(db)
  },
  prepare: async () => undefined,
  release: async () => false,
}
