import type { StatisticsJson } from '@foghorn/server'
import type { ChartColor, ChartSeries } from '../ui/chart/chart-data.ts'
import type { Dimension } from './search.ts'

export interface Share {
  value: string
  color: ChartColor
  total: number
  /** Of all events, 0 to 1. */
  share: number
  values: number[]
}

const PALETTE: ChartColor[] = ['--chart-1', '--chart-2', '--chart-3', '--chart-4', '--chart-5']
const REST_COLOR: ChartColor = '--chart-6'
const REST = 'others'

// What is bad looks bad.
const MEANING: Partial<Record<Dimension, Record<string, ChartColor>>> = {
  severity: { critical: '--chart-fatal', high: '--chart-error', medium: '--chart-warning', low: '--chart-1' },
  level: {
    fatal: '--chart-fatal',
    error: '--chart-error',
    warning: '--chart-warning',
    info: '--chart-1',
    debug: '--chart-6',
  },
}

const addUp = (rows: readonly number[][]): number[] =>
  (rows[0] ?? []).map((_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0))

/** The worst first; what is not known comes last. */
const inOrder = <Row extends { value: string }>(rows: readonly Row[], values: readonly string[]): Row[] => {
  const rank = ({ value }: Row): number => (values.includes(value) ? values.indexOf(value) : values.length)
  return rows.toSorted((a, b) => rank(a) - rank(b))
}

/** The most frequent values with a colour each; those for which there is no colour left together. */
export const sharesOf = ({ groups }: StatisticsJson, by: Dimension): Share[] => {
  const all = groups.reduce((sum, { totals }) => sum + totals['sum(quantity)'], 0)
  const rows = groups.map(({ by: named, totals, series }) => ({
    value: named[by] ?? '',
    total: totals['sum(quantity)'],
    values: series['sum(quantity)'],
  }))
  const known = MEANING[by]
  const [shown, rest] = known
    ? [inOrder(rows, Object.keys(known)), []]
    : [rows.slice(0, PALETTE.length), rows.slice(PALETTE.length)]
  const shares = shown.map((row, at) => ({ ...row, color: known?.[row.value] ?? PALETTE[at] ?? REST_COLOR }))
  const others = {
    value: REST,
    color: REST_COLOR,
    total: rest.reduce((sum, { total }) => sum + total, 0),
    values: addUp(rest.map(({ values }) => values)),
  }
  return [...shares, ...(rest.length > 0 ? [others] : [])].map((row) => ({ ...row, share: all && row.total / all }))
}

export const seriesOf = (shares: readonly Share[]): ChartSeries[] =>
  shares.map(({ value, color, values }) => ({ name: value, color, values }))
