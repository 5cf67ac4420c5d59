import type { Response } from '../ports/statistics.ts'

export interface ResponseTimes {
  count: number
  /** In seconds, as are the others; null when there was none. */
  mean: number | null
  p50: number | null
  p95: number | null
}

const quantile = (sorted: readonly number[], share: number): number | null =>
  sorted.length === 0 ? null : sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!

/** How long people took: the mean is what MTTA and MTTR stand for. */
export const responseTimes = (responses: readonly Response[]): ResponseTimes => {
  const seconds = responses.map(({ afterMs }) => afterMs / 1000).toSorted((a, b) => a - b)
  const total = seconds.reduce((sum, one) => sum + one, 0)
  return {
    count: seconds.length,
    mean: seconds.length === 0 ? null : total / seconds.length,
    p50: quantile(seconds, 0.5),
    p95: quantile(seconds, 0.95),
  }
}
