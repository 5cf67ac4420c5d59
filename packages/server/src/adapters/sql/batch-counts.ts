import type { Transaction } from 'kysely'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

// SQLite takes 32,766 parameters in one statement.
const ROWS_AT_ONCE = 500

const slicesOf = <Row>(rows: readonly Row[]): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, index) =>
    rows.slice(index * ROWS_AT_ONCE, (index + 1) * ROWS_AT_ONCE),
  )

/** What a batch adds to the users and the tags of an issue. */
export interface IssueCounts {
  users: Map<string, number>
  tags: Map<string, { key: string; value: string; times: number }>
}

type Changes = ReadonlyMap<number, IssueCounts>

/** Counts events by user; gives how many users are new to each issue. */
export const countUsers = async (db: Write, changes: Changes): Promise<Map<number, number>> => {
  const rows = [...changes].flatMap(([issue_id, { users }]) =>
    [...users].map(([user_key, event_count]) => ({ issue_id, user_key, event_count })),
  )
  const newUsers = new Map<number, number>()
  for (const slice of slicesOf(rows)) {
    const saved = await db
      .insertInto('issue_user')
      .values(slice)
      .onConflict((conflict) =>
        conflict
          .columns(['issue_id', 'user_key'])
          .doUpdateSet((eb) => ({ event_count: eb('issue_user.event_count', '+', eb.ref('excluded.event_count')) })),
      )
      .returning(['issue_id', 'user_key', 'event_count'])
      .execute()
    for (const { issue_id: id, user_key: user, event_count: count } of saved)
      // One that was there before has more events now than these.
      if (count === changes.get(id)!.users.get(user)) newUsers.set(id, (newUsers.get(id) ?? 0) + 1)
  }
  return newUsers
}

/** Counts events by tag. */
export const countTags = async (db: Write, changes: Changes): Promise<void> => {
  const rows = [...changes].flatMap(([issue_id, { tags }]) =>
    [...tags.values()].map(({ key, value, times }) => ({ issue_id, key, value, event_count: times })),
  )
  for (const slice of slicesOf(rows))
    await db
      .insertInto('issue_tag')
      .values(slice)
      .onConflict((conflict) =>
        conflict
          .columns(['issue_id', 'key', 'value'])
          .doUpdateSet((eb) => ({ event_count: eb('issue_tag.event_count', '+', eb.ref('excluded.event_count')) })),
      )
      .execute()
}
