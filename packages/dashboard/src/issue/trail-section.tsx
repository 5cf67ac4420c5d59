import type { BreadcrumbJson, EventJson } from '@foghorn/server'
import { useState } from 'react'
import { counted, formatCount } from '../ui/numbers.ts'
import { formatMoment } from '../ui/time.ts'
import { LongTrail } from './long-trail.tsx'
import { Section } from './section.tsx'
import { stepClass, TrailStep } from './trail-step.tsx'
import { filterTrail, kindsOf, orderTrail, TRAIL_KINDS, type TrailKind } from './trail.ts'
import './trail.css'

const SHOWN_AT_FIRST = 15
/** More than these are drawn only where they are in sight. */
const LONG = 100

interface TrailSectionProps {
  breadcrumbs: BreadcrumbJson[]
  event: EventJson
}

/** What happened before the error, ending with the error. */
export const TrailSection = ({ breadcrumbs, event }: TrailSectionProps) => {
  const [kind, setKind] = useState<TrailKind>()
  const [text, setText] = useState('')
  if (breadcrumbs.length === 0) return null
  const trail = orderTrail(breadcrumbs)
  const found = filterTrail(trail, { kind, text })
  return (
    <Section
      title="Breadcrumbs"
      tools={
        <input
          type="search"
          className="trail-search"
          aria-label="Filter breadcrumbs"
          placeholder="Filter"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      }
    >
      <Kinds trail={trail} kind={kind} onChange={setKind} />
      {found.length === 0 ? (
        <p className="muted">None of the {formatCount(trail.length)} breadcrumbs is like that.</p>
      ) : (
        <Steps key={`${kind} ${text}`} trail={found} event={event} />
      )}
    </Section>
  )
}

interface KindsProps {
  trail: readonly BreadcrumbJson[]
  kind: TrailKind | undefined
  onChange: (kind: TrailKind | undefined) => void
}

const Kinds = ({ trail, kind, onChange }: KindsProps) => {
  const kinds = kindsOf(trail)
  if (kinds.length < 2) return null
  return (
    <div className="segments trail-kinds" role="group" aria-label="Kind of breadcrumb">
      <button type="button" aria-pressed={kind === undefined} onClick={() => onChange(undefined)}>
        All {formatCount(trail.length)}
      </button>
      {kinds.map(([name, count]) => (
        <button key={name} type="button" aria-pressed={kind === name} onClick={() => onChange(name)}>
          {TRAIL_KINDS[name]} {formatCount(count)}
        </button>
      ))}
    </div>
  )
}

const Steps = ({ trail, event }: { trail: BreadcrumbJson[]; event: EventJson }) => {
  const [showsAll, setShowsAll] = useState(false)
  const shown = showsAll ? trail : trail.slice(-SHOWN_AT_FIRST)
  const hidden = trail.length - shown.length
  return (
    <>
      {hidden > 0 && (
        <button type="button" className="button button-small" onClick={() => setShowsAll(true)}>
          Show {counted(hidden, 'earlier breadcrumb')}
        </button>
      )}
      {shown.length > LONG && <LongTrail trail={shown} eventDate={event.dateCreated} />}
      <ol className="trail-list">
        {shown.length <= LONG &&
          shown.map((breadcrumb, position) => (
            <li key={hidden + position} className={stepClass(breadcrumb)}>
              <TrailStep breadcrumb={breadcrumb} eventDate={event.dateCreated} />
            </li>
          ))}
        <End event={event} />
      </ol>
    </>
  )
}

const End = ({ event }: { event: EventJson }) => (
  <li className="trail-step trail-step-error trail-end">
    <span className="trail-category">{event.type === 'error' ? 'this error' : 'this event'}</span>
    <span className="trail-text untrusted">{event.title}</span>
    <time className="trail-time" dateTime={event.dateCreated} title={formatMoment(new Date(event.dateCreated))}>
      {new Date(event.dateCreated).toLocaleTimeString()}
    </time>
  </li>
)
