import { sql } from 'kysely'
import {
  MEASUREMENT_GROUPS,
  type FigureStore,
  type Measured,
  type MeasuredAt,
  type MeasurementGroup,
} from '../../ports/figures.ts'
import { middleOf, quantile } from '../../statistics/buckets.ts'
import { rate } from '../../statistics/vital-ratings.ts'
import type { MainDatabase } from './main-database.ts'
import { hourOf } from './hour-counts.ts'

const GROUPS_AT_MOST = 100
const BLAMED_AT_MOST = 20

interface Bucket {
  bucket: number
  quantity: number
}

const countOf = (buckets: readonly Bucket[]): number => buckets.reduce((sum, { quantity }) => sum + quantity, 0)

const measured = (name: string, buckets: readonly Bucket[]): Measured => ({
  count: countOf(buckets),
  p50: quantile(buckets, 0.5),
  p75: quantile(buckets, 0.75),
  p95: quantile(buckets, 0.95),
  ratings: rate(
    name,
    buckets.map(({ bucket, quantity }) => ({ value: middleOf(bucket), quantity })),
  ),
})

/** Rows under the same key, each with its buckets in their order. */
const groupRows = <Row extends Bucket, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> => {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row)) ?? []
    groups.set(keyOf(row), group)
    group.push({ ...row, quantity: Number(row.quantity) })
  }
  return groups
}

const placesOf = (where: MeasuredAt): [MeasurementGroup, string][] =>
  MEASUREMENT_GROUPS.flatMap((group) => (where[group] === undefined ? [] : [[group, where[group]]]))

/** The rows of one name from an hour on; an index leads to them. */
const rowsOf = (
  db: MainDatabase,
  { projectId, name, since, where }: { projectId: number; name: string; since: number; where: MeasuredAt },
) => {
  let rows = db
    .selectFrom('measurement')
    .where('project_id', '=', projectId)
    .where('name', '=', name)
    .where('hour', '>=', hourOf(since))
  for (const [group, value] of placesOf(where)) rows = rows.where(group, '=', value)
  return rows
}

export const distributions =
  (db: MainDatabase): FigureStore['distributions'] =>
  async ({ by, where = {}, ...query }) => {
    const rows = await rowsOf(db, { ...query, where })
      .select([by, 'bucket', (eb) => eb.fn.sum<number>('quantity').as('quantity')])
      .groupBy([by, 'bucket'])
      .orderBy('bucket')
      .execute()
    return [...groupRows(rows, (row) => row[by])]
      .map(([group, buckets]) => ({ group, ...measured(query.name, buckets) }))
      .toSorted((a, b) => b.count - a.count)
      .slice(0, GROUPS_AT_MOST)
  }

/** The same values summed over all keys. */
const merge = (groups: Iterable<readonly Bucket[]>): Bucket[] => {
  const sums = new Map<number, number>()
  for (const buckets of groups)
    for (const { bucket, quantity } of buckets) sums.set(bucket, (sums.get(bucket) ?? 0) + quantity)
  return [...sums].toSorted(([a], [b]) => a - b).map(([bucket, quantity]) => ({ bucket, quantity }))
}

export const measuredSeries =
  (db: MainDatabase): FigureStore['series'] =>
  async ({ projectId, name, where, within: { period, stepMs } }) => {
    const rows = await rowsOf(db, { projectId, name, since: period.from, where })
      .select([
        sql<number>`hour - hour % ${stepMs}`.as('at'),
        'bucket',
        (eb) => eb.fn.sum<number>('quantity').as('quantity'),
      ])
      .where('hour', '<', period.to)
      .groupBy(['at', 'bucket'])
      .orderBy('at')
      .orderBy('bucket')
      .execute()
    const steps = groupRows(rows, ({ at }) => Number(at))
    return {
      all: measured(name, merge(steps.values())),
      steps: [...steps].map(([at, buckets]) => ({ at, ...measured(name, buckets) })),
    }
  }

/** How many values are not good: what would be won by mending it. */
const harmOf = ({ ratings, count }: Measured): number => (ratings ? count - ratings.good : count)

export const blamed =
  (db: MainDatabase): FigureStore['blamed'] =>
  async ({ projectId, name, since, page }) => {
    let query = db
      .selectFrom('vital_target')
      .select(['page', 'target', 'bucket', (eb) => eb.fn.sum<number>('quantity').as('quantity')])
      .where('project_id', '=', projectId)
      .where('name', '=', name)
      .where('hour', '>=', hourOf(since))
    if (page !== undefined) query = query.where('page', '=', page)
    const rows = await query.groupBy(['page', 'target', 'bucket']).orderBy('bucket').execute()
    return [...groupRows(rows, (row) => JSON.stringify([row.page, row.target])).values()]
      .map((buckets) => ({ page: buckets[0]!.page, target: buckets[0]!.target, ...measured(name, buckets) }))
      .toSorted((a, b) => harmOf(b) - harmOf(a) || b.count - a.count)
      .slice(0, BLAMED_AT_MOST)
  }
