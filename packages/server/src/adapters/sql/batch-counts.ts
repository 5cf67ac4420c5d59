import type { Transaction } from 'kysely'
import { slices } from './slices.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

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
  for (const slice of slices(rows)) {
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
  for (const slice of slices(rows))
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
