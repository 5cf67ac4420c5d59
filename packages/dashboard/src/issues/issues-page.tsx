import { getRouteApi } from '@tanstack/react-router'
import { Failure, Skeleton } from '../ui/states.tsx'
import { FreshNotice } from './fresh-notice.tsx'
import { IssueFilters } from './issue-filters.tsx'
import { IssueRow } from './issue-row.tsx'
import { NoIssues } from './no-issues.tsx'
import { useIssueList } from './use-issue-list.ts'
import { useRowKeys } from './use-row-keys.ts'
import './issues.css'

const route = getRouteApi('/signed-in/organizations/$org/issues')

export const IssuesPage = () => (
  <div className="page">
    <title>Issues · Foghorn</title>
    <h1 className="visually-hidden">Issues</h1>
    <IssueFilters />
    <IssueList />
  </div>
)

const IssueList = () => {
  const { org } = route.useParams()
  const search = route.useSearch()
  const { list, rows, arrivals, isReordered, showFresh } = useIssueList(org, search)
  useRowKeys()
  if (list.isPending) return <Skeleton lines={12} label="Loading issues" />
  if (list.isError && rows.length === 0) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  if (rows.length === 0) return <NoIssues org={org} search={search} />
  return (
    <section aria-label="Issue list">
      <div className="issues-head">
        <FreshNotice arrivals={arrivals} isReordered={isReordered} onShow={showFresh} />
        <div className="issues-columns" aria-hidden="true">
          <span>Last seen</span>
          <span>First seen</span>
          <span>Events</span>
          <span>Users</span>
        </div>
      </div>
      <ul className="issues-list">
        {rows.map((issue) => (
          <IssueRow key={issue.id} org={org} issue={issue} />
        ))}
      </ul>
      {list.hasNextPage && (
        <button type="button" className="button issues-more" onClick={() => void list.fetchNextPage()}>
          {list.isFetchingNextPage ? 'Loading…' : 'Show more'}
        </button>
      )}
    </section>
  )
}
