import { lazy, Suspense, useId, useState } from 'react'
import { ScrollArea } from '../scroll-area.tsx'
import { type ChartContent, formatStep, isOfDays, marksByStep } from './chart-data.ts'
import './chart.css'

const Plot = lazy(() => import('./plot.tsx').then((module) => ({ default: module.Plot })))

interface ChartProps extends ChartContent {
  /** What is shown, as its heading and for screen readers. */
  title: string
  /** A sentence that says what the drawing shows. */
  summary?: string
}

/** A drawing over time, with a legend that hides and shows, and the same figures as a table. */
export const Chart = ({ title, summary, ...content }: ChartProps) => {
  const [isTable, setTable] = useState(false)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const headingId = useId()
  const toggle = (name: string) =>
    setHidden(hidden.has(name) ? new Set([...hidden].filter((other) => other !== name)) : new Set([...hidden, name]))
  const shown = { ...content, series: content.series.filter(({ name }) => !hidden.has(name)) }
  return (
    <section className="chart" aria-labelledby={headingId}>
      <div className="chart-head">
        <h2 id={headingId}>{title}</h2>
        <button
          type="button"
          className="button button-small"
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
          aria-label={`Table: ${title}`}
        >
          Table
        </button>
      </div>
      <div className="chart-body">
        {isTable ? (
          <ChartTable title={title} content={shown} />
        ) : (
          <Suspense fallback={<div className="plot plot-waiting" />}>
            <Plot content={shown} label={`${title}. ${summary ?? ''}`} />
          </Suspense>
        )}
      </div>
      <Legend content={content} hidden={hidden} onToggle={toggle} />
    </section>
  )
}

interface LegendProps {
  content: ChartContent
  hidden: ReadonlySet<string>
  onToggle: (name: string) => void
}

const Legend = ({ content: { series, bands = [], marks = [] }, hidden, onToggle }: LegendProps) => (
  <ul className="legend" aria-label="Legend">
    {series.map(({ name, color }) => (
      <li key={name}>
        <button
          type="button"
          className="legend-entry"
          aria-pressed={!hidden.has(name)}
          disabled={series.length === 1}
          onClick={() => onToggle(name)}
        >
          <span className="swatch" style={{ background: `var(${color})` }} />
          <span className="untrusted">{name}</span>
        </button>
      </li>
    ))}
    {bands.map(({ name, color }) => (
      <li key={name} className="legend-entry">
        <span className="swatch swatch-band" style={{ background: `var(${color})` }} />
        {name}
      </li>
    ))}
    {marks.length > 0 && (
      <li className="legend-entry">
        <span className="swatch swatch-mark" />
        Deploy or release
      </li>
    )}
  </ul>
)

const ChartTable = ({ title, content }: { title: string; content: ChartContent }) => {
  const { times, stepMs, series, format, marks = [] } = content
  const marked = marksByStep(content)
  return (
    <ScrollArea className="chart-table" label={`${title}, as a table`}>
      <table className="data-table">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{isOfDays(stepMs) ? 'Day (UTC)' : 'From'}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col" className="number untrusted">
                {name}
              </th>
            ))}
            {marks.length > 0 && <th scope="col">Deploy or release</th>}
          </tr>
        </thead>
        <tbody>
          {times
            .map((time, index) => (
              <tr key={time}>
                <th scope="row">{formatStep(time, stepMs)}</th>
                {series.map(({ name, values }) => (
                  <td key={name} className="number">
                    {values[index] === null || values[index] === undefined ? '–' : format(values[index])}
                  </td>
                ))}
                {marks.length > 0 && <td>{marked[index]?.map(({ name }) => name).join(', ')}</td>}
              </tr>
            ))
            .toReversed()}
        </tbody>
      </table>
    </ScrollArea>
  )
}
