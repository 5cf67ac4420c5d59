import type { ReleaseJson } from '@foghorn/server'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type Period, PERIODS } from '../figures/period.ts'
import { PeriodPicker } from '../figures/period-picker.tsx'
import { ProjectPage } from '../figures/project-page.tsx'
import { useSearchText } from '../figures/use-search-text.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { FilterInput } from '../ui/filter-input.tsx'
import { Empty, Failure, Skeleton } from '../ui/states.tsx'
import { NoReleases } from './no-releases.tsx'
import { ReleaseRow } from './release-row.tsx'
import { releasesQuery } from './releases-query.ts'
import { DEFAULT_RELEASE_PERIOD, readReleasesSearch, RELEASE_PERIODS } from './search.ts'
import { SessionsByRelease } from './sessions-by-release.tsx'
import './releases.css'

const route = getRouteApi('/signed-in/organizations/$org/projects/$project/releases')

const useChange = () => {
  const navigate = route.useNavigate()
  return (changed: Record<string, string | undefined>) =>
    void navigate({ search: (before) => readReleasesSearch({ ...before, ...changed }), replace: true })
}

/** What is deployed, the newest first, and how each release does. */
export const ReleasesPage = () => {
  const address = route.useParams()
  const { period = DEFAULT_RELEASE_PERIOD, query } = route.useSearch()
  const change = useChange()
  const releases = useInfiniteQuery(releasesQuery(address, query))
  return (
    <ProjectPage
      title="Releases"
      project={address.project}
      aside={<PeriodPicker period={period} among={RELEASE_PERIODS} onChange={(next) => change({ period: next })} />}
    >
      {releases.isPending ? (
        <Skeleton lines={12} label="Loading releases" />
      ) : releases.isError ? (
        <Failure error={releases.error} onRetry={() => void releases.refetch()} />
      ) : (
        <Releases
          address={address}
          period={period}
          releases={releases.data.pages.flatMap(({ items }) => items)}
          {...(releases.hasNextPage && { onMore: () => void releases.fetchNextPage() })}
        />
      )}
    </ProjectPage>
  )
}

interface ReleasesProps {
  address: ProjectAddress
  period: Period
  releases: ReleaseJson[]
  onMore?: () => void
}

const Releases = ({ address, period, releases, onMore }: ReleasesProps) => {
  const { query } = route.useSearch()
  if (releases.length === 0 && query === undefined) return <NoReleases address={address} />
  return (
    <>
      <SessionsByRelease address={address} period={period} />
      <SearchForm />
      {releases.length === 0 ? (
        <Empty title="No release matches">
          <p>Versions are searched by any part of them.</p>
        </Empty>
      ) : (
        <section aria-label={`Releases, with figures of ${PERIODS[period].words}`}>
          <ul className="panel release-list">
            {releases.map((release) => (
              <li key={release.version} className="release-row">
                <ReleaseRow address={address} release={release} period={period} />
              </li>
            ))}
          </ul>
          {onMore && (
            <button type="button" className="button" onClick={onMore}>
              Show more
            </button>
          )}
        </section>
      )}
    </>
  )
}

const SearchForm = () => {
  const { query } = route.useSearch()
  const change = useChange()
  const [text, setText] = useSearchText(query, (next) => change({ query: next }))
  return (
    <search className="figures-toolbar">
      <FilterInput label="Versions that contain" placeholder="Find a version" text={text} onText={setText} />
    </search>
  )
}
