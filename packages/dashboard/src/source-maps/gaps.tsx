import type { MapGapJson } from '@foghorn/server'
import { Link } from '@tanstack/react-router'
import { misfitOf } from '../issue/unresolved.ts'
import { Age } from '../ui/age.tsx'
import { counted } from '../ui/numbers.ts'

/** Scripts whose frames stayed minified: why, what to do, and where to see it. */
export const Gaps = ({ org, gaps }: { org: string; gaps: MapGapJson[] }) => (
  <ul className="gaps">
    {gaps.map((gap) => (
      <li key={`${gap.url} ${gap.debugId} ${gap.release} ${gap.reason}`} className="gap">
        <Gap org={org} gap={gap} />
      </li>
    ))}
  </ul>
)

const placeOf = ({ url, line, column }: MapGapJson): string =>
  [url || 'a script without an address', line, column].filter((part) => part !== undefined).join(':')

const Gap = ({ org, gap }: { org: string; gap: MapGapJson }) => {
  const { reason, advice, detail, candidates = [], release, debugId, frames, events, latestEvent } = gap
  return (
    <>
      <p className="gap-script">
        <code className="untrusted">{placeOf(gap)}</code> <span className="badge badge-warning">{reason}</span>
      </p>
      <p>{advice}</p>
      {candidates.length > 0 ? (
        <ul className="gap-findings">
          {candidates.map((candidate) => (
            <li key={JSON.stringify(candidate)} className="untrusted">
              {misfitOf(candidate)}
            </li>
          ))}
        </ul>
      ) : (
        detail !== undefined && <p className="muted untrusted">{detail}</p>
      )}
      <p className="gap-notes">
        <span>
          {counted(frames, 'frame')} of {counted(events, 'event')}
        </span>
        {release !== '' && <span className="untrusted">release {release}</span>}
        {debugId === '' ? <span>no debug ID</span> : <code className="untrusted">{debugId}</code>}
        <Link
          to="/organizations/$org/issues/$issueId/events/$eventId"
          params={{ org, issueId: latestEvent.issueId, eventId: latestEvent.eventID }}
        >
          newest event, <Age date={latestEvent.date} />
        </Link>
      </p>
    </>
  )
}
