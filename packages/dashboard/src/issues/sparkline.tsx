import { counted, formatCount } from '../ui/numbers.ts'

const HEIGHT = 24
const BAR = 4
const STEP = 5
const SPAN_NAMES: Record<string, string> = { '24h': 'last 24 hours', '14d': 'last 14 days', '30d': 'last 30 days' }

/** Bars as one path: a list has hundreds of them. Few are still seen beside many. */
const barsOf = (counts: readonly number[], peak: number): string =>
  counts
    .map((count, position) => {
      const height = count === 0 ? 0.75 : Math.max(2, (count / peak) * HEIGHT)
      return `M${position * STEP} ${HEIGHT}v${-height}h${BAR}v${height}z`
    })
    .join('')

interface SparklineProps {
  span: string
  /** Seconds since 1970 and events, in equal steps. */
  steps: readonly (readonly [number, number])[]
}

/** How often an issue happened lately, in little room. */
export const Sparkline = ({ span, steps }: SparklineProps) => {
  const counts = steps.map(([, count]) => count)
  const peak = Math.max(1, ...counts)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const label = `${counted(total, 'event')} in the ${SPAN_NAMES[span] ?? span}, ${formatCount(peak)} at most`
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${Math.max(1, counts.length) * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={total === 0 ? `No event in the ${SPAN_NAMES[span] ?? span}` : label}
    >
      <path d={barsOf(counts, peak)} />
    </svg>
  )
}
