import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Empty, Failure, Skeleton } from '../ui/states.tsx'
import { FeedbackItem } from './feedback-item.tsx'
import { feedbackListQuery } from './feedback-query.ts'
import { type FeedbackFilter, FILTERS } from './search.ts'

const route = getRouteApi('/signed-in/organizations/$org/feedback')

/** What people told: an inbox that is worked off. */
export const FeedbackPage = () => {
  const { status = 'unresolved' } = route.useSearch()
  return (
    <div className="page">
      <title>Feedback · Foghorn</title>
      <div className="feedback-top">
        <h1>Feedback</h1>
        <FilterTabs current={status} />
      </div>
      <FeedbackList status={status} />
    </div>
  )
}

const FilterTabs = ({ current }: { current: FeedbackFilter }) => {
  const navigate = route.useNavigate()
  return (
    <div className="segments" role="group" aria-label="State">
      {Object.entries(FILTERS).map(([status, name]) => (
        <button
          key={status}
          type="button"
          aria-pressed={status === current}
          onClick={() => void navigate({ search: { status: status as FeedbackFilter } })}
        >
          {name}
        </button>
      ))}
    </div>
  )
}

const FeedbackList = ({ status }: { status: FeedbackFilter }) => {
  const { org } = route.useParams()
  const list = useInfiniteQuery(feedbackListQuery(org, status))
  if (list.isPending) return <Skeleton lines={10} label="Loading feedback" />
  if (list.isError) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <NoFeedback status={status} />
  return (
    <section aria-label="Feedback list">
      <ul className="feedback-list">
        {items.map((feedback) => (
          <li key={feedback.id}>
            <FeedbackItem org={org} feedback={feedback} />
          </li>
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

const NoFeedback = ({ status }: { status: FeedbackFilter }) =>
  status === 'unresolved' ? (
    <Empty title="Nobody is waiting for an answer">
      <p>
        Visitors tell you what went wrong through <code>feedbackButton()</code> of <code>@foghorn/feedback</code>, and
        after a crash through <code>showReportDialog()</code>.
      </p>
    </Empty>
  ) : (
    <Empty title="Nothing here" />
  )
