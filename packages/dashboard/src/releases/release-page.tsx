import type { ReleaseJson, ReleaseSummaryJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { figuresQuery } from '../figures/figures-query.ts'
import { type Period, PERIODS } from '../figures/period.ts'
import { PeriodPicker } from '../figures/period-picker.tsx'
import { ReleaseComparison } from './release-comparison.tsx'
import { ReleaseSessions } from './release-sessions.tsx'
import { ReleaseIssues } from './release-issues.tsx'
import { Age } from '../ui/age.tsx'
import { Loaded } from '../ui/states.tsx'
import { WebLink } from '../ui/web-link.tsx'
import { ReleaseCommits, ReleaseDeploys } from './release-delivery.tsx'
import { ReleaseTiles } from './release-tiles.tsx'
import { releasePath, summaryQuery } from './releases-query.ts'
import { DEFAULT_RELEASE_PERIOD, readReleasesSearch, RELEASE_PERIODS } from './search.ts'
import '../figures/data-table.css'
import './releases.css'

const route = getRouteApi('/signed-in/organizations/$org/projects/$project/releases/$version')

/** One release: how it does beside the one before, what came with it, and what it is made of. */
export const ReleasePage = () => {
  const { version, ...address } = route.useParams()
  const { period = DEFAULT_RELEASE_PERIOD } = route.useSearch()
  const navigate = route.useNavigate()
  const release = useQuery(figuresQuery<ReleaseJson>(address, releasePath(version)))
  return (
    <div className="page">
      <title>{`${version} · Foghorn`}</title>
      <p className="trail">
        <span>{address.project}</span>
        <Link to="/organizations/$org/projects/$project/releases" params={address}>
          Releases
        </Link>
      </p>
      <div className="page-head">
        <h1 className="untrusted">{version}</h1>
        <PeriodPicker
          period={period}
          among={RELEASE_PERIODS}
          onChange={(next) =>
            void navigate({ search: (before) => readReleasesSearch({ ...before, period: next }), replace: true })
          }
        />
      </div>
      <Loaded query={release} lines={14} label="Loading the release">
        {(found) => <Release release={found} period={period} />}
      </Loaded>
    </div>
  )
}

const Release = ({ release, period }: { release: ReleaseJson; period: Period }) => {
  const { version, ...address } = route.useParams()
  const { change = 'new' } = route.useSearch()
  const navigate = route.useNavigate()
  const summary = useQuery(summaryQuery(address, version, period))
  return (
    <>
      <About release={release} />
      <Loaded query={summary} lines={8} label="Loading how the release does">
        {(found: ReleaseSummaryJson) => (
          <>
            <ReleaseTiles address={address} summary={found} />
            <ReleaseSessions address={address} version={version} period={period} />
            {found.previous && (
              <ReleaseComparison
                address={address}
                summary={found}
                previous={found.previous}
                words={PERIODS[period].words}
              />
            )}
          </>
        )}
      </Loaded>
      <ReleaseIssues
        address={address}
        version={version}
        change={change}
        onChange={(next) =>
          void navigate({ search: (before) => readReleasesSearch({ ...before, change: next }), replace: true })
        }
      />
      <div className="release-delivery">
        <ReleaseCommits address={address} version={version} />
        <ReleaseDeploys address={address} version={version} />
      </div>
    </>
  )
}

const About = ({
  release: { dateCreated, dateReleased, ref, url, status, firstEvent, lastEvent },
}: {
  release: ReleaseJson
}) => (
  <p className="release-notes release-about">
    {dateReleased === null ? (
      <span>
        first seen <Age date={dateCreated} />
      </span>
    ) : (
      <span>
        released <Age date={dateReleased} />
      </span>
    )}
    {firstEvent && lastEvent && (
      <span>
        events from <Age date={firstEvent} /> to <Age date={lastEvent} />
      </span>
    )}
    {ref && <code className="untrusted">{ref}</code>}
    {url && (
      <span className="untrusted">
        <WebLink text={url} />
      </span>
    )}
    {status === 'archived' && <span className="badge">archived</span>}
  </p>
)
