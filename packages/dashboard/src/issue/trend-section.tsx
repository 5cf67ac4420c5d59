import type { IssueDetailsJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Age } from '../ui/age.tsx'
import { counted, formatCount } from '../ui/numbers.ts'
import { releasesQuery, statsQuery, type IssueAddress } from './issue-query.ts'
import { marksOf, peakOf, spanOf, type Mark, type Steps } from './trend.ts'
import './trend.css'

const SPANS = { '24h': 'Last 24 hours', '30d': 'Last 30 days' } as const
type Span = keyof typeof SPANS

const DAY_MS = 24 * 3_600_000

/** An issue of today would be one bar of a month. */
const spanFor = (firstSeen: string): Span => (Date.now() - Date.parse(firstSeen) < DAY_MS ? '24h' : '30d')

/** How often it happened, and what was released meanwhile. Its room is kept until the numbers are there. */
export const TrendSection = ({ address, issue }: { address: IssueAddress; issue: IssueDetailsJson }) => {
  const [span, setSpan] = useState<Span>(() => spanFor(issue.firstSeen))
  const stats = useQuery(statsQuery(address))
  const releases = useQuery(releasesQuery({ org: address.org, project: issue.project.slug }))
  const steps = stats.data?.[span] ?? []
  return (
    <section className="trend" aria-label="Trend">
      <div className="trend-head">
        <div className="segments" role="group" aria-label="Period of the chart">
          {(Object.keys(SPANS) as Span[]).map((name) => (
            <button key={name} type="button" aria-pressed={name === span} onClick={() => setSpan(name)}>
              {SPANS[name]}
            </button>
          ))}
        </div>
        {stats.error && <p className="form-error">{stats.error.message}</p>}
      </div>
      <Chart steps={steps} span={span} marks={marksOf(steps, releases.data ?? [])} />
    </section>
  )
}

const WIDTH = 1000
const HEIGHT = 100

const sentenceOf = (steps: Steps, span: Span): string => {
  const total = steps.reduce((sum, [, count]) => sum + count, 0)
  return `${SPANS[span]}: ${counted(total, 'event')}, ${formatCount(peakOf(steps))} at most in ${span === '24h' ? 'an hour' : 'a day'}`
}

const momentOf = (seconds: number, span: Span): string =>
  new Date(seconds * 1000).toLocaleString(
    undefined,
    span === '24h' ? { weekday: 'short', hour: '2-digit', minute: '2-digit' } : { month: 'short', day: 'numeric' },
  )

interface ChartProps {
  steps: Steps
  span: Span
  marks: Mark[]
}

const Chart = ({ steps, span, marks }: ChartProps) => {
  const { from, to } = spanOf(steps)
  return (
    <>
      <div className="trend-plot">
        <span className="trend-peak" aria-hidden="true">
          {steps.length > 0 && formatCount(peakOf(steps))}
        </span>
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={steps.length > 0 ? sentenceOf(steps, span) : 'The trend is being loaded'}
        >
          <Bars steps={steps} span={span} />
          {marks.map(({ kind, at, position }) => (
            <line
              key={`${kind} ${at}`}
              className={`trend-mark trend-mark-${kind}`}
              x1={position * WIDTH}
              x2={position * WIDTH}
              y2={HEIGHT}
            />
          ))}
        </svg>
      </div>
      <p className="trend-axis" aria-hidden="true">
        <span>{steps.length > 0 && momentOf(from / 1000, span)}</span>
        <span>{steps.length > 0 && momentOf(to / 1000 - 1, span)}</span>
      </p>
      <Marks marks={marks} />
    </>
  )
}

const Bars = ({ steps, span }: Pick<ChartProps, 'steps' | 'span'>) => {
  const peak = peakOf(steps)
  const step = WIDTH / Math.max(1, steps.length)
  return steps.map(([at, count], position) => {
    const height = count === 0 ? 1 : Math.max(4, (count / peak) * HEIGHT)
    return (
      <rect key={at} x={position * step} width={step * 0.82} y={HEIGHT - height} height={height}>
        <title>{`${momentOf(at, span)}: ${counted(count, 'event')}`}</title>
      </rect>
    )
  })
}

const SHOWN = 6

const Marks = ({ marks }: { marks: Mark[] }) =>
  marks.length === 0 ? (
    <div className="trend-marks" />
  ) : (
    <ul className="trend-marks" aria-label="Released and deployed in this time">
      {marks.slice(0, SHOWN).map(({ kind, at, version, environment }) => (
        <li key={`${kind} ${at}`} className={`trend-note trend-note-${kind}`}>
          <span className="untrusted">{version}</span>{' '}
          <span className="muted">
            {kind === 'release' ? 'released' : <span className="untrusted">to {environment}</span>}{' '}
            <Age date={new Date(at).toISOString()} />
          </span>
        </li>
      ))}
      {marks.length > SHOWN && <li className="muted">and {formatCount(marks.length - SHOWN)} more</li>}
    </ul>
  )
