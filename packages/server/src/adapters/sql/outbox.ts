import { sql, type Transaction } from 'kysely'
import { MAX_ATTEMPTS, pauseAfter } from '../../alerts/backoff.ts'
import type { Outcome } from '../../alerts/outcome.ts'
import type { Delivery, DeliveryStatus, Outbox } from '../../ports/outbox.ts'
import type { MainDatabase } from './main-database.ts'
import { differencesOf } from './differences.ts'
import { readWaiting } from './waiting-notifications.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

/** Asks each channel by its own index, so that what waits for a dead one is never read. */
const ready = async (db: MainDatabase, now: number): Promise<number[]> => {
  const rows = await db
    .selectFrom('channel')
    .select('id')
    .where('paused_until', '<=', now)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('notification')
          .select('notification.id')
          .whereRef('notification.channel_id', '=', 'channel.id')
          // Named as the partial index names it.
          .where(sql<boolean>`notification.status = 'waiting'`)
          .where('notification.due_at', '<=', now),
      ),
    )
    .execute()
  return differencesOf(db).claim(db, 'channel', { ids: rows.map(({ id }) => id), now })
}

/** Nothing for a process that has lost the channel to another. */
const due = async (db: MainDatabase, channelId: number, page: { now: number; limit: number }) => {
  const claimed = await differencesOf(db).claim(db, 'channel', { ids: [channelId], now: page.now })
  return claimed.length === 0 ? [] : readWaiting(db, channelId, page)
}

const end = (
  db: Write,
  ids: readonly number[],
  { status, answer, now }: { status: DeliveryStatus; answer: string; now: number },
) =>
  db
    .updateTable('notification')
    .set((eb) => ({ status, answer, ended_at: now, attempts: eb('attempts', '+', 1) }))
    .where('id', 'in', ids)
    .execute()

const pause = async (db: Write, channelId: number, { afterMs, now }: { afterMs: number | undefined; now: number }) => {
  const { failures } = await db
    .updateTable('channel')
    .set((eb) => ({ failures: eb('failures', '+', 1) }))
    .where('id', '=', channelId)
    .returning('failures')
    .executeTakeFirstOrThrow()
  const until = now + pauseAfter(failures, afterMs === undefined ? {} : { afterMs })
  await db.updateTable('channel').set({ paused_until: until }).where('id', '=', channelId).execute()
}

const postpone = async (
  db: Write,
  ids: readonly number[],
  { answer, now }: { answer: string; now: number },
): Promise<void> => {
  await db
    .updateTable('notification')
    .set((eb) => ({ answer, attempts: eb('attempts', '+', 1) }))
    .where('id', 'in', ids)
    .execute()
  await db
    .updateTable('notification')
    .set({ status: 'dead', ended_at: now })
    .where('id', 'in', ids)
    .where('attempts', '>=', MAX_ATTEMPTS)
    .execute()
}

const note = async (
  db: Write,
  { channelId, ids, now }: { channelId: number; ids: readonly number[]; now: number },
  outcome: Outcome,
): Promise<void> => {
  const { status, answer } = outcome
  if (status === 'failed') {
    await postpone(db, ids, { answer, now })
    return pause(db, channelId, { afterMs: outcome.afterMs, now })
  }
  await end(db, ids, { status: status === 'sent' ? 'sent' : 'dead', answer, now })
  if (status === 'sent')
    await db.updateTable('channel').set({ failures: 0, paused_until: 0 }).where('id', '=', channelId).execute()
}

const deliveries = async (db: MainDatabase, channelId: number, limit: number): Promise<Delivery[]> => {
  const rows = await db
    .selectFrom('notification')
    .selectAll()
    .where('channel_id', '=', channelId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    key: row.idempotency_key,
    alertId: row.alert_id,
    status: row.status as DeliveryStatus,
    attempts: row.attempts,
    answer: row.answer,
    dueAt: Number(row.due_at),
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
  }))
}

export const sqlOutbox = (db: MainDatabase, now: () => number): Outbox => ({
  ready: (at) => ready(db, at),
  due: (channelId, at, limit) => due(db, channelId, { now: at, limit }),
  note: (channelId, ids, outcome) =>
    db.transaction().execute((transaction) => note(transaction, { channelId, ids, now: now() }, outcome)),
  deliveries: (channelId, limit) => deliveries(db, channelId, limit),
  replay: async (channelId, id) => {
    const { numUpdatedRows } = await db
      .updateTable('notification')
      .set({ status: 'waiting', due_at: now(), attempts: 0, ended_at: null })
      .where('channel_id', '=', channelId)
      .where('id', '=', id)
      .where('status', '=', 'dead')
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },
})
