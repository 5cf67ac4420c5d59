import type { DistributionJson } from '@foghorn/server'

export const COLUMNS = {
  count: { name: 'Count', wide: false },
  p50: { name: 'p50', wide: true },
  p75: { name: 'p75', wide: false },
  p95: { name: 'p95', wide: false },
} as const

export type Column = keyof typeof COLUMNS

/** The largest first; equal ones by name, so that rows keep their places when figures come in. */
export const sorted = (rows: readonly DistributionJson[], column: Column): DistributionJson[] =>
  rows.toSorted((a, b) => b[column] - a[column] || a.group.localeCompare(b.group))
