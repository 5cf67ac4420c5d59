import type { Transaction } from 'kysely'
import type { Measurement, SessionCount, SessionUpdate } from '../../ports/figures.ts'
import { bucketOf } from '../../statistics/buckets.ts'
import { SEVERITY } from '../../statistics/severity.ts'
import { countedBy, type SessionChange } from './session-changes.ts'
import { slices } from './slices.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const HOUR_MS = 3_600_000
const hourOf = (time: number): number => Math.floor(time / HOUR_MS) * HOUR_MS

/** Rows that are counted under the same key become one. */
const sumUp = <Row extends { quantity: number }>(rows: readonly Row[]): Row[] => {
  const sums = new Map<string, Row>()
  for (const row of rows) {
    const key = JSON.stringify({ ...row, quantity: 0 })
    sums.set(key, { ...row, quantity: row.quantity + (sums.get(key)?.quantity ?? 0) })
  }
  return [...sums.values()]
}

/** A session is told again with its whole state; it never gets better than it was. Changes are in the order of the updates. */
export const storeSessions = async (
  db: Write,
  { sessions, changes, now }: { sessions: readonly SessionUpdate[]; changes: readonly SessionChange[]; now: number },
): Promise<void> => {
  for (const [index, { projectId, sessionId, startedAt, release, environment, user }] of sessions.entries()) {
    const change = changes[index]!
    const counted = countedBy(change, now)
    const state = {
      severity: change.after,
      counted_severity: counted && counted.severity,
      counted_at: counted && counted.at,
    }
    await db
      .insertInto('client_session')
      .values({
        project_id: projectId,
        session_id: sessionId,
        started_at: startedAt,
        release,
        environment,
        user_key: user ?? null,
        ...state,
      })
      .onConflict((conflict) =>
        conflict.columns(['project_id', 'session_id']).doUpdateSet((eb) => ({
          user_key: eb.fn.coalesce('excluded.user_key', 'client_session.user_key'),
          ...state,
        })),
      )
      .execute()
  }
}

export const countSessions = async (db: Write, counts: readonly SessionCount[]): Promise<void> => {
  const rows = sumUp(
    counts.map(({ projectId, startedAt, release, environment, status, quantity }) => ({
      project_id: projectId,
      hour: hourOf(startedAt),
      release,
      environment,
      severity: SEVERITY[status],
      quantity,
    })),
  )
  for (const slice of slices(rows))
    await db
      .insertInto('session_count')
      .values(slice)
      .onConflict((conflict) =>
        conflict
          .columns(['project_id', 'hour', 'release', 'environment', 'severity'])
          .doUpdateSet((eb) => ({ quantity: eb('session_count.quantity', '+', eb.ref('excluded.quantity')) })),
      )
      .execute()
}

const countTargets = async (db: Write, measurements: readonly Measurement[]): Promise<void> => {
  const rows = sumUp(
    measurements.flatMap(({ projectId, at, name, page, target, value }) =>
      target === undefined
        ? []
        : [{ project_id: projectId, name, hour: hourOf(at), page, target, bucket: bucketOf(value), quantity: 1 }],
    ),
  )
  for (const slice of slices(rows))
    await db
      .insertInto('vital_target')
      .values(slice)
      .onConflict((conflict) =>
        conflict
          .columns(['project_id', 'name', 'hour', 'page', 'target', 'bucket'])
          .doUpdateSet((eb) => ({ quantity: eb('vital_target.quantity', '+', eb.ref('excluded.quantity')) })),
      )
      .execute()
}

export const countMeasurements = async (db: Write, measurements: readonly Measurement[]): Promise<void> => {
  const rows = sumUp(
    measurements.map(({ projectId, at, value, name, page, release, environment, browser, device }) => ({
      project_id: projectId,
      hour: hourOf(at),
      name,
      page,
      release,
      environment,
      browser,
      device,
      bucket: bucketOf(value),
      quantity: 1,
    })),
  )
  for (const slice of slices(rows))
    await db
      .insertInto('measurement')
      .values(slice)
      .onConflict((conflict) =>
        conflict
          .columns(['project_id', 'name', 'hour', 'page', 'release', 'environment', 'browser', 'device', 'bucket'])
          .doUpdateSet((eb) => ({ quantity: eb('measurement.quantity', '+', eb.ref('excluded.quantity')) })),
      )
      .execute()
  await countTargets(db, measurements)
}
