import type { FeedbackJson, IssueStatus } from '@foghorn/server'
import { Link } from '@tanstack/react-router'
import { Age } from '../ui/age.tsx'
import { StatusButtons } from '../ui/status-buttons.tsx'
import { WebLink } from '../ui/web-link.tsx'
import { Attachments } from './attachments.tsx'
import { useFeedbackStatus } from './feedback-query.ts'
import './feedback.css'

const ACTIONS = {
  unresolved: [
    ['resolved', 'Resolve'],
    ['ignored', 'Ignore'],
  ],
  resolved: [['unresolved', 'Back to the inbox']],
  ignored: [['unresolved', 'Back to the inbox']],
} as const satisfies Record<IssueStatus, [IssueStatus, string][]>

interface FeedbackItemProps {
  org: string
  feedback: FeedbackJson
}

/** What one person told. Everything in it is text that anybody may have sent. */
export const FeedbackItem = ({ org, feedback }: FeedbackItemProps) => {
  const { name, email, comments, dateCreated, attachments, project } = feedback
  return (
    <article className="feedback-item" aria-label={`From ${name || email || 'an unnamed visitor'}`}>
      <header className="feedback-head">
        <strong className="untrusted">{name || email || 'Unnamed visitor'}</strong>
        {name && email && <span className="muted untrusted">{email}</span>}
        <Age date={dateCreated} />
      </header>
      <p className="feedback-message untrusted">{comments}</p>
      {attachments.length > 0 && <Attachments org={org} project={project} attachments={attachments} />}
      <Origin org={org} feedback={feedback} />
      <Actions org={org} feedback={feedback} />
    </article>
  )
}

const Origin = ({ org, feedback: { project, url, release, issue, eventID } }: FeedbackItemProps) => (
  <p className="feedback-origin">
    <span>{project}</span>
    {release && <span className="untrusted">{release}</span>}
    {url && (
      <span className="untrusted">
        <WebLink text={url} />
      </span>
    )}
    {issue && (
      <Link to="/organizations/$org/issues/$issueId" params={{ org, issueId: issue.id }}>
        {issue.shortId} <span className="untrusted">{issue.title}</span>
      </Link>
    )}
    {issue && eventID && (
      <Link
        to="/organizations/$org/issues/$issueId/events/$eventId"
        params={{ org, issueId: issue.id, eventId: eventID }}
      >
        Event {eventID.slice(0, 8)}
      </Link>
    )}
  </p>
)

const Actions = ({ org, feedback: { id, status } }: FeedbackItemProps) => (
  <StatusButtons
    className="feedback-actions"
    actions={ACTIONS[status]}
    buttonClass={() => 'button button-small'}
    change={useFeedbackStatus(org, id)}
  />
)
