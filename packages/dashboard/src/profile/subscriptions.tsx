import type { SessionJson, SubscriptionJson } from '@foghorn/server'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Age } from '../ui/age.tsx'
import { ChangeFailure } from '../ui/change-failure.tsx'
import { Empty, Failure, Skeleton } from '../ui/states.tsx'
import { subscriptionsQuery, useUnsubscribe } from './profile-query.ts'

/** What one follows in an organization, and how to stop. */
export const Subscriptions = ({
  organization: { slug, name },
}: {
  organization: SessionJson['organizations'][number]
}) => (
  <section className="block">
    <h2 className="untrusted">What you follow in {name}</h2>
    <p className="muted">
      You follow the issues that you are given, comment on, change or are mentioned in, and any other that you choose to
      on its page. Foghorn mails you nothing about them: mails and messages come from alerts, which an organization sets
      up under Channels; mails of alerts end with a link that stops them.
    </p>
    <SubscriptionList org={slug} />
  </section>
)

const SubscriptionList = ({ org }: { org: string }) => {
  const list = useInfiniteQuery(subscriptionsQuery(org))
  const stop = useUnsubscribe(org)
  if (list.isPending) return <Skeleton lines={4} label="Loading what you follow" />
  if (list.isError) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  const followed = list.data.pages.flatMap(({ items }) => items)
  if (followed.length === 0)
    return (
      <Empty title="You follow nothing yet">
        <p>Open an issue and choose Follow under More, or work on one.</p>
      </Empty>
    )
  return (
    <>
      <ul className="rows">
        {followed.map((issue) => (
          <SubscriptionRow
            key={issue.id}
            org={org}
            issue={issue}
            onStop={() => !stop.isPending && stop.mutate(issue.id)}
          />
        ))}
      </ul>
      <ChangeFailure error={stop.error} />
      {list.hasNextPage && (
        <button type="button" className="button" onClick={() => void list.fetchNextPage()}>
          {list.isFetchingNextPage ? 'Loading…' : 'Show older ones'}
        </button>
      )}
    </>
  )
}

const REASONS: Record<SubscriptionJson['reason'], string> = {
  assigned: 'it was given to you',
  changed: 'you changed it',
  commented: 'you commented on it',
  mentioned: 'you were mentioned',
  wanted: 'you chose to',
}

interface SubscriptionRowProps {
  org: string
  issue: SubscriptionJson
  onStop: () => void
}

const SubscriptionRow = ({ org, issue, onStop }: SubscriptionRowProps) => (
  <li>
    <div className="row-main">
      <p className="row-title untrusted">
        <Link to="/organizations/$org/issues/$issueId" params={{ org, issueId: issue.id }}>
          {issue.title}
        </Link>
      </p>
      <p className="row-note">
        {issue.shortId} · {issue.status} · {REASONS[issue.reason]} · last seen <Age date={issue.lastSeen} />
      </p>
    </div>
    <button
      type="button"
      className="button button-small"
      aria-label={`Stop following ${issue.shortId}`}
      onClick={onStop}
    >
      Stop following
    </button>
  </li>
)
