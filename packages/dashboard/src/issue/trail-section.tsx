import type { BreadcrumbJson, EventJson } from '@foghorn/server'
import { useState } from 'react'
import { counted } from '../ui/numbers.ts'
import { formatLead, formatMoment } from '../ui/time.ts'
import { KeyValues } from './key-values.tsx'
import { Section } from './section.tsx'
import { describeBreadcrumb, furtherData, orderTrail, toneOf } from './trail.ts'
import './trail.css'

const SHOWN_AT_FIRST = 15

interface TrailSectionProps {
  breadcrumbs: BreadcrumbJson[]
  event: EventJson
}

/** What happened before the error, ending with the error. */
export const TrailSection = ({ breadcrumbs, event }: TrailSectionProps) => {
  const [showsAll, setShowsAll] = useState(false)
  if (breadcrumbs.length === 0) return null
  const trail = orderTrail(breadcrumbs)
  const shown = showsAll ? trail : trail.slice(-SHOWN_AT_FIRST)
  const hidden = trail.length - shown.length
  return (
    <Section title="Breadcrumbs">
      {hidden > 0 && (
        <button type="button" className="button button-small" onClick={() => setShowsAll(true)}>
          Show {counted(hidden, 'earlier breadcrumb')}
        </button>
      )}
      <ol className="trail-list">
        {shown.map((breadcrumb, position) => (
          <TrailStep key={hidden + position} breadcrumb={breadcrumb} eventDate={event.dateCreated} />
        ))}
        <li className="trail-step trail-step-error trail-end">
          <span className="trail-category">{event.type === 'error' ? 'this error' : 'this event'}</span>
          <span className="trail-text untrusted">{event.title}</span>
          <time className="trail-time" dateTime={event.dateCreated} title={formatMoment(new Date(event.dateCreated))}>
            {new Date(event.dateCreated).toLocaleTimeString()}
          </time>
        </li>
      </ol>
    </Section>
  )
}

const TrailStep = ({ breadcrumb, eventDate }: { breadcrumb: BreadcrumbJson; eventDate: string }) => {
  const data = furtherData(breadcrumb)
  return (
    <li className={`trail-step trail-step-${toneOf(breadcrumb)}`}>
      <span className="trail-category untrusted">{breadcrumb.category ?? breadcrumb.type ?? 'other'}</span>
      <span className="trail-text untrusted">{describeBreadcrumb(breadcrumb)}</span>
      {breadcrumb.timestamp && (
        <time
          className="trail-time"
          dateTime={breadcrumb.timestamp}
          title={formatMoment(new Date(breadcrumb.timestamp))}
        >
          {formatLead(Date.parse(eventDate) - Date.parse(breadcrumb.timestamp))}
        </time>
      )}
      {data.length > 0 && (
        <details className="trail-data">
          <summary>{counted(data.length, 'value')}</summary>
          <KeyValues entries={data} />
        </details>
      )}
    </li>
  )
}
