import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Loaded } from '../ui/states.tsx'
import { EventFiles } from '../feedback/event-files.tsx'
import { IssueFeedback } from '../feedback/issue-feedback.tsx'
import { EventNavigation } from './event-navigation.tsx'
import { EventView } from './event-view.tsx'
import { IssueHeader } from './issue-header.tsx'
import { eventQuery, issueQuery, type IssueAddress } from './issue-query.ts'
import { IssueMerges } from './issue-merges.tsx'
import { IssueTags } from './issue-tags.tsx'
import { PassNotice } from './pass-notice.tsx'
import './issue.css'

export const IssuePage = () => {
  const { org = '', issueId = '', eventId = 'latest' } = useParams({ strict: false })
  const address = { org, issueId }
  const issue = useQuery(issueQuery(address))
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
      <Loaded query={issue} lines={5} label="Loading the issue">
        {(data) => (
          <>
            <title>{`${data.title.slice(0, 120)} · Foghorn`}</title>
            <IssueHeader address={address} issue={data} />
            <PassNotice org={org} project={data.project.slug} />
          </>
        )}
      </Loaded>
      {!(issue.isError && !issue.data) && (
        <Event address={address} eventId={eventId} project={issue.data?.project.slug} />
      )}
    </div>
  )
}

interface EventProps {
  address: IssueAddress
  eventId: string
  /** Slug; absent until the issue is there. */
  project: string | undefined
}

const Event = ({ address, eventId, project }: EventProps) => {
  const event = useQuery(eventQuery(address, eventId))
  return (
    <div className="issue-columns">
      <div className="issue-main" aria-busy={event.isPlaceholderData}>
        <Loaded query={event} lines={16} label="Loading the event">
          {(data) => (
            <>
              <EventNavigation address={address} event={data} />
              <EventView key={data.eventID} event={data} org={address.org} />
              {project && <EventFiles org={address.org} project={project} eventId={data.eventID} />}
            </>
          )}
        </Loaded>
        <IssueFeedback org={address.org} issueId={address.issueId} />
      </div>
      <aside className="issue-side" aria-label="All events of this issue">
        <IssueTags address={address} />
        <IssueMerges address={address} />
      </aside>
    </div>
  )
}
