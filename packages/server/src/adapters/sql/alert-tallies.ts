import { sql, type Transaction } from 'kysely'
import type { Graded, Grades } from '../../alerts/grades.ts'
import type { Span, Tallies, Tally, TallyKey } from '../../alerts/tallies.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

// SQLite takes 32,766 parameters in one statement.
const ROWS_AT_ONCE = 1000

const addEvents = async (db: Write, tallies: readonly Tally[]): Promise<void> => {
  const rows = tallies.map(({ ruleId: rule_id, subject, slot, events }) => ({ rule_id, subject, slot, events }))
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await db
      .insertInto('alert_tally')
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .onConflict((conflict) =>
        conflict
          .columns(['rule_id', 'subject', 'slot'])
          .doUpdateSet((eb) => ({ events: eb('alert_tally.events', '+', eb.ref('excluded.events')) })),
      )
      .execute()
}

const addUsers = async (db: Write, tallies: readonly Tally[]): Promise<void> => {
  const rows = tallies.flatMap(({ ruleId: rule_id, subject, slot, users }) =>
    [...users].map((user_key) => ({ rule_id, subject, slot, user_key })),
  )
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await db
      .insertInto('alert_person')
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

const within = (db: Write, table: 'alert_tally' | 'alert_person', { ruleId, subject }: TallyKey, { from, to }: Span) =>
  db
    .selectFrom(table)
    .where('rule_id', '=', ruleId)
    .where('subject', '=', subject)
    .where('slot', '>=', from)
    .where('slot', '<=', to)

const hasFired =
  (db: Write): Tallies['hasFired'] =>
  async ({ ruleId, subject }, occurrence) => {
    const fired = await db
      .selectFrom('alert')
      .select('id')
      .where('rule_id', '=', ruleId)
      .where('subject', '=', subject)
      .where('occurrence', '=', occurrence)
      .executeTakeFirst()
    return fired !== undefined
  }

/** What rules have counted, within the transaction that stores the events. */
export const sqlTallies = (db: Write): Tallies => ({
  add: async (tallies) => {
    await addEvents(db, tallies)
    await addUsers(db, tallies)
  },
  events: (key, span) => within(db, 'alert_tally', key, span).select(['slot', 'events']).orderBy('slot').execute(),
  users: async (key, span) => {
    const { users } = await within(db, 'alert_person', key, span)
      .select(sql<number>`count(distinct user_key)`.as('users'))
      .executeTakeFirstOrThrow()
    return Number(users)
  },
  hasFired: hasFired(db),
})

const addGrades = async (db: Write, ruleId: number, graded: readonly Graded[]): Promise<void> => {
  const rows = graded.map((one) => ({ rule_id: ruleId, ...one }))
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await db
      .insertInto('alert_grade')
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .onConflict((conflict) =>
        conflict
          .columns(['rule_id', 'slot', 'grade'])
          .doUpdateSet((eb) => ({ quantity: eb('alert_grade.quantity', '+', eb.ref('excluded.quantity')) })),
      )
      .execute()
}

/** The same for what rules count by how good it was. */
export const sqlGrades = (db: Write): Grades => ({
  grade: (ruleId, graded) => addGrades(db, ruleId, graded),
  graded: (ruleId, { from, to }) =>
    db
      .selectFrom('alert_grade')
      .select(['slot', 'grade', 'quantity'])
      .where('rule_id', '=', ruleId)
      .where('slot', '>=', from)
      .where('slot', '<=', to)
      .orderBy('slot')
      .execute(),
  hasFired: hasFired(db),
})
