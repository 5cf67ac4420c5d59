import type { IssueDetailsJson } from '@foghorn/server'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useLive } from '../api/live.ts'
import { IssueFeed } from '../triage/issue-feed.tsx'
import { IssueHints } from '../triage/issue-hints.tsx'
import { IssueTickets } from '../tickets/issue-tickets.tsx'
import { IssueTriage } from '../triage/issue-triage.tsx'
import { SimilarIssues } from '../triage/similar-issues.tsx'
import { Loaded, Skeleton } from '../ui/states.tsx'
import { EventFiles } from '../feedback/event-files.tsx'
import { IssueFeedback } from '../feedback/issue-feedback.tsx'
import { EventNavigation, linkTo } from './event-navigation.tsx'
import { EventView } from './event-view.tsx'
import { IssueKeys } from './issue-keys.tsx'
import { IssueHeader } from './issue-header.tsx'
import { eventQuery, issueQuery, type IssueAddress } from './issue-query.ts'
import { IssueMerges } from './issue-merges.tsx'
import { eventMarkdown } from './markdown.ts'
import { IssueTags } from './issue-tags.tsx'
import { PassNotice } from './pass-notice.tsx'
import { StackPlaceProvider } from './stack-place-provider.tsx'
import { TrendSection } from './trend-section.tsx'
import './issue.css'
import '../triage/triage.css'

/** For as long as the stream of changes does not come through. */
const POLL_MS = 15_000

export const IssuePage = () => {
  const { org = '', issueId = '', eventId = 'latest' } = useParams({ strict: false })
  const address = { org, issueId }
  const queryClient = useQueryClient()
  const isLive = useLive(address, () => {
    void queryClient.invalidateQueries({ queryKey: issueQuery(address).queryKey, exact: true })
  })
  const issue = useQuery({ ...issueQuery(address), refetchInterval: isLive ? false : POLL_MS })
  return (
    <div className="page">
      <p className="trail">
        <Link to="/organizations/$org/issues" params={{ org }}>
          Issues
        </Link>
        {issue.data && (
          <Link to="/organizations/$org/issues" params={{ org }} search={{ project: issue.data.project.id }}>
            {issue.data.project.name}
          </Link>
        )}
        {issue.data && <span>{issue.data.shortId}</span>}
      </p>
      {/* As high as head and trend, so that nothing below moves when they are there. */}
      <Loaded query={issue} lines={10} label="Loading the issue">
        {(data) => (
          <>
            <title>{`${data.title.slice(0, 120)} · Foghorn`}</title>
            <IssueHeader address={address} issue={data} />
            <TrendSection address={address} issue={data} />
            <PassNotice address={{ org, project: data.project.slug }} />
          </>
        )}
      </Loaded>
      {!(issue.isError && !issue.data) && <IssueBody address={address} eventId={eventId} issue={issue.data} />}
    </div>
  )
}

interface IssueBodyProps {
  address: IssueAddress
  eventId: string
  /** Absent until it is there. */
  issue: IssueDetailsJson | undefined
}

const IssueBody = ({ address, eventId, issue }: IssueBodyProps) => {
  const event = useQuery(eventQuery(address, eventId))
  return (
    <div className="issue-columns">
      <div className="issue-main" aria-busy={event.isPlaceholderData}>
        <IssueHints address={address} />
        <Loaded query={event} lines={30} label="Loading the event">
          {(data) => (
            <>
              <EventNavigation
                address={address}
                event={data}
                markdown={issue && eventMarkdown(issue, data, linkTo(address, data))}
              />
              <StackPlaceProvider address={{ org: address.org, project: data.projectID }} event={data}>
                <EventView key={data.eventID} event={data} org={address.org} project={issue?.project.slug} />
              </StackPlaceProvider>
              {issue && <EventFiles org={address.org} project={issue.project.slug} eventId={data.eventID} />}
            </>
          )}
        </Loaded>
        <IssueFeedback org={address.org} issueId={address.issueId} />
        {issue && <IssueFeed address={address} issue={issue} />}
      </div>
      <aside className="issue-side" aria-label="All events of this issue">
        {issue ? <IssueTriage address={address} issue={issue} /> : <Skeleton lines={6} label="Loading who has it" />}
        <IssueTickets address={address} />
        <SimilarIssues address={address} />
        <IssueTags address={address} />
        <IssueMerges address={address} />
        {issue && <IssueKeys address={address} issue={issue} />}
      </aside>
    </div>
  )
}
