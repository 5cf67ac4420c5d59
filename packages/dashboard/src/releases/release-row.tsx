import type { ReleaseJson, ReleaseSummaryJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Meter } from '../figures/meter.tsx'
import type { Period } from '../figures/period.ts'
import { ChangeMark } from '../figures/tile.tsx'
import { changeOfShare, formatShareOrNone } from '../figures/units.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { Age } from '../ui/age.tsx'
import { counted, formatCompact } from '../ui/numbers.ts'
import { summaryQuery } from './releases-query.ts'
import { DEFAULT_RELEASE_PERIOD } from './search.ts'

interface ReleaseRowProps {
  address: ProjectAddress
  release: ReleaseJson
  period: Period
}

/** A release in the list: what it is at once, how it does as soon as that is known. */
export const ReleaseRow = ({ address, release, period }: ReleaseRowProps) => {
  const { data: summary } = useQuery(summaryQuery(address, release.version, period))
  return (
    <>
      <div className="release-what">
        <Link
          to="/organizations/$org/projects/$project/releases/$version"
          params={{ ...address, version: release.version }}
          search={period === DEFAULT_RELEASE_PERIOD ? {} : { period: period as '7d' | '14d' | '30d' }}
          className="release-link untrusted"
        >
          {release.version}
        </Link>
        <p className="release-notes">
          <Out release={release} />
          {release.commitCount > 0 && <span>{counted(release.commitCount, 'commit')}</span>}
          {release.lastDeploy && (
            <span className="untrusted">
              {counted(release.deployCount, 'deploy')}, last to {release.lastDeploy.environment}
            </span>
          )}
        </p>
      </div>
      <Figures summary={summary} newGroups={release.newGroups} />
    </>
  )
}

const Out = ({ release: { dateReleased, dateCreated } }: { release: ReleaseJson }) =>
  dateReleased === null ? (
    <span>
      first seen <Age date={dateCreated} />
    </span>
  ) : (
    <span>
      released <Age date={dateReleased} />
    </span>
  )

const Figure = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="release-figure">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const Figures = ({ summary, newGroups }: { summary: ReleaseSummaryJson | undefined; newGroups: number }) => {
  const adoption = summary?.adoption.users ?? summary?.adoption.sessions ?? null
  const crashFree = summary?.health.crashFreeSessions ?? null
  const change = changeOfShare(crashFree, summary?.previous?.health.crashFreeSessions ?? null)
  const issues = summary?.issues
  return (
    <dl className="release-figures">
      <Figure name="Adoption">
        {formatShareOrNone(adoption)}
        <Meter share={adoption ?? 0} />
      </Figure>
      <Figure name="Crash-free">
        {formatShareOrNone(crashFree)} {change && <ChangeMark change={change} better="up" />}
      </Figure>
      <Figure name="New">{formatCompact(issues?.new ?? newGroups)}</Figure>
      <Figure name="Came back">{issues ? formatCompact(issues.regressed) : '–'}</Figure>
      <Figure name="Resolved">{issues ? formatCompact(issues.resolved) : '–'}</Figure>
      <Figure name="Frames read">{formatShareOrNone(summary?.artifacts.coverage.share ?? null)}</Figure>
    </dl>
  )
}
