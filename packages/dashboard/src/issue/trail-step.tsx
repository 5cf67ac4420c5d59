import type { BreadcrumbJson } from '@foghorn/server'
import { counted } from '../ui/numbers.ts'
import { formatLead, formatMoment } from '../ui/time.ts'
import { KeyValues } from './key-values.tsx'
import { describeBreadcrumb, furtherData, toneOf } from './trail.ts'

export const stepClass = (breadcrumb: BreadcrumbJson): string => `trail-step trail-step-${toneOf(breadcrumb)}`

/** What an item of the timeline holds. */
export const TrailStep = ({ breadcrumb, eventDate }: { breadcrumb: BreadcrumbJson; eventDate: string }) => {
  const data = furtherData(breadcrumb)
  const { category, type, timestamp } = breadcrumb
  return (
    <>
      <span className="trail-category untrusted">{category ?? type ?? 'other'}</span>
      <span className="trail-text untrusted">{describeBreadcrumb(breadcrumb)}</span>
      {timestamp && (
        <time className="trail-time" dateTime={timestamp} title={formatMoment(new Date(timestamp))}>
          {formatLead(Date.parse(eventDate) - Date.parse(timestamp))}
        </time>
      )}
      {data.length > 0 && (
        <details className="trail-data">
          <summary>{counted(data.length, 'value')}</summary>
          <KeyValues entries={data} />
        </details>
      )}
    </>
  )
}
