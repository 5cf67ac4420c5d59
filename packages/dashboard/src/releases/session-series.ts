import type { SessionSeriesJson } from '@foghorn/server'
import type { ChartColor, ChartSeries } from '../ui/chart/chart-data.ts'

const COLORS: ChartColor[] = ['--chart-1', '--chart-2', '--chart-3', '--chart-4', '--chart-5']

const addUp = (rows: readonly (readonly number[])[], length: number): number[] =>
  Array.from({ length }, (_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0))

/** The releases with the most sessions by themselves, the others together. */
export const byRelease = ({ releases, intervals }: SessionSeriesJson): ChartSeries[] => {
  const [shown, rest] = [releases.slice(0, COLORS.length), releases.slice(COLORS.length)]
  const series = shown.map(({ release, sessions }, at): ChartSeries => ({
    name: release || 'no release',
    color: COLORS[at]!,
    values: sessions,
  }))
  if (rest.length === 0) return series
  const values = addUp(
    rest.map(({ sessions }) => sessions),
    intervals.length,
  )
  return [...series, { name: 'others', color: '--chart-6', values }]
}

/** Sessions of one release by how they ended. */
export const byEnd = ({ releases, intervals }: SessionSeriesJson): ChartSeries[] => {
  const crashed = addUp(
    releases.map((release) => release.crashed),
    intervals.length,
  )
  const all = addUp(
    releases.map((release) => release.sessions),
    intervals.length,
  )
  return [
    { name: 'Crashed', color: '--chart-error', values: crashed },
    { name: 'Without a crash', color: '--chart-1', values: all.map((count, at) => count - (crashed[at] ?? 0)) },
  ]
}
