import type { Transaction } from 'kysely'
import type { LeanPayload } from '../../event.ts'
import { dimensionsOf } from '../../event-facets.ts'
import { slices } from './slices.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const HOUR_MS = 3_600_000

export const hourOf = (time: number): number => Math.floor(time / HOUR_MS) * HOUR_MS

interface Counted {
  happenedAt: number
  times: number
  payload: LeanPayload
}

/** Rows that are counted under the same key become one. */
const sumUp = <Row extends { quantity: number }>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] => {
  const sums = new Map<string, Row>()
  for (const row of rows) {
    const key = keyOf(row)
    const sum = sums.get(key)
    if (sum) sum.quantity += row.quantity
    else sums.set(key, row)
  }
  return [...sums.values()].filter(({ quantity }) => quantity !== 0)
}

const addToIssues = async (db: Write, rows: readonly Tables['issue_hour'][]): Promise<void> => {
  for (const slice of slices(sumUp(rows, (row) => `${row.issue_id} ${row.hour} ${row.environment}`)))
    await db
      .insertInto('issue_hour')
      .values(slice)
      .onConflict((conflict) =>
        conflict
          .columns(['issue_id', 'hour', 'environment'])
          .doUpdateSet((eb) => ({ quantity: eb('issue_hour.quantity', '+', eb.ref('excluded.quantity')) })),
      )
      .execute()
}

const issueRow = (issueId: number, { happenedAt, times, payload }: Counted): Tables['issue_hour'] => ({
  issue_id: issueId,
  hour: hourOf(happenedAt),
  environment: payload.environment,
  quantity: times,
})

const projectRows = (projectId: number, { happenedAt, times, payload }: Counted): Tables['project_hour'][] =>
  Object.entries(dimensionsOf(payload)).map(([dimension, value]) => ({
    project_id: projectId,
    dimension,
    hour: hourOf(happenedAt),
    value,
    quantity: times,
  }))

/** Counts new events by hour: of their issue by environment, of their project by each dimension. */
export const countHours = async (
  db: Write,
  events: readonly (Counted & { projectId: number; issueId: number })[],
): Promise<void> => {
  await addToIssues(
    db,
    events.map((event) => issueRow(event.issueId, event)),
  )
  const rows = sumUp(
    events.flatMap((event) => projectRows(event.projectId, event)),
    (row) => `${row.project_id} ${row.dimension} ${row.hour} ${row.value}`,
  )
  for (const slice of slices(rows))
    await db
      .insertInto('project_hour')
      .values(slice)
      .onConflict((conflict) =>
        conflict
          .columns(['project_id', 'dimension', 'hour', 'value'])
          .doUpdateSet((eb) => ({ quantity: eb('project_hour.quantity', '+', eb.ref('excluded.quantity')) })),
      )
      .execute()
}

const forgetEmpty = (db: Write, issueIds: readonly number[]) =>
  db.deleteFrom('issue_hour').where('issue_id', 'in', issueIds).where('quantity', '<=', 0).execute()

/** Makes the counts by hour follow events that go from one issue to another. */
export const moveHours = async (
  db: Write,
  moves: readonly (Counted & { from: number; to: number })[],
): Promise<void> => {
  await addToIssues(
    db,
    moves.flatMap((move) => [issueRow(move.from, { ...move, times: -move.times }), issueRow(move.to, move)]),
  )
  await forgetEmpty(db, [...new Set(moves.map(({ from }) => from))])
}

/** What is left of an issue whose events retention has deleted goes along with its merge. */
export const moveRemainingHours = async (db: Write, from: number, to: number): Promise<void> => {
  const rows = await db.deleteFrom('issue_hour').where('issue_id', '=', from).returningAll().execute()
  await addToIssues(
    db,
    rows.map((row) => ({ ...row, issue_id: to })),
  )
}
