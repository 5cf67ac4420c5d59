import type { IssueJson } from '@foghorn/server'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { getPage, path, withQuery } from '../api/client.ts'
import { figuresKey, keepWithin } from '../figures/figures-query.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { Age } from '../ui/age.tsx'
import { counted } from '../ui/numbers.ts'
import { Failure, Skeleton } from '../ui/states.tsx'
import { CHANGES, type IssueChange } from './search.ts'

interface ReleaseIssuesProps {
  address: ProjectAddress
  version: string
  change: IssueChange
  onChange: (change: IssueChange) => void
}

const issuesQuery = ({ address, version, change }: Omit<ReleaseIssuesProps, 'onChange'>) =>
  infiniteQueryOptions({
    queryKey: [...figuresKey(address), 'release-issues', version, change],
    queryFn: ({ pageParam, signal }) =>
      getPage<IssueJson>(
        withQuery(path`/projects/${address.org}/${address.project}/releases/${version}/issues/`, {
          change,
          cursor: pageParam,
        }),
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepWithin([...figuresKey(address), 'release-issues', version]),
  })

/** Issues that appeared with the release, came back with it, or were resolved in it. */
export const ReleaseIssues = ({ onChange, ...wanted }: ReleaseIssuesProps) => {
  const { change } = wanted
  return (
    <section className="panel" aria-labelledby="release-issues">
      <div className="panel-head">
        <h2 id="release-issues">Issues</h2>
        <div className="segments" role="group" aria-label="What the release did to issues">
          {Object.entries(CHANGES).map(([key, name]) => (
            <button key={key} type="button" aria-pressed={key === change} onClick={() => onChange(key as IssueChange)}>
              {name}
            </button>
          ))}
        </div>
      </div>
      <IssueList wanted={wanted} />
    </section>
  )
}

const NONE: Record<IssueChange, string> = {
  new: 'No issue appeared with this release.',
  regressed: 'No resolved issue came back with this release.',
  resolved:
    'No issue was resolved in this release. “Resolve in the next release” and commits with “Fixes SHOP-12” do that.',
}

const IssueList = ({ wanted }: { wanted: Omit<ReleaseIssuesProps, 'onChange'> }) => {
  const list = useInfiniteQuery(issuesQuery(wanted))
  if (list.isPending) return <Skeleton lines={4} label="Loading issues" />
  if (list.isError) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  const issues = list.data.pages.flatMap(({ items }) => items)
  if (issues.length === 0) return <p className="inline-empty">{NONE[wanted.change]}</p>
  return (
    <>
      <ul className="release-issues">
        {issues.map((issue) => (
          <li key={issue.id} className="release-issue">
            <Link
              to="/organizations/$org/issues/$issueId"
              params={{ org: wanted.address.org, issueId: issue.id }}
              className="untrusted"
            >
              {issue.title}
            </Link>
            <span className="release-notes">
              <span>{issue.shortId}</span>
              <span>{counted(Number(issue.count), 'event')}</span>
              <span>{counted(issue.userCount, 'user')}</span>
              <span>
                last seen <Age date={issue.lastSeen} />
              </span>
            </span>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <button type="button" className="button button-small" onClick={() => void list.fetchNextPage()}>
          Show more
        </button>
      )}
    </>
  )
}
