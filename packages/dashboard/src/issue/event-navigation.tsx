import type { EventJson } from '@foghorn/server'
import { Link } from '@tanstack/react-router'
import { Age } from '../ui/age.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import type { IssueAddress } from './issue-query.ts'

export const EventNavigation = ({ address, event }: { address: IssueAddress; event: EventJson }) => (
  <div className="event-bar">
    <p className="event-name">
      Event <code title={event.eventID}>{event.eventID.slice(0, 8)}</code>
      <CopyButton text={event.eventID} label="Copy event ID" look="icon" />
      <Age date={event.dateCreated} />
    </p>
    <nav aria-label="Events of this issue" className="segments">
      <Step address={address} to={event.previousEventID && 'oldest'} name="First" />
      <Step address={address} to={event.previousEventID} name="Previous" />
      <Step address={address} to={event.nextEventID} name="Next" />
      <Step address={address} to={event.nextEventID && 'latest'} name="Latest" />
    </nav>
  </div>
)

interface StepProps {
  address: IssueAddress
  /** Absent at either end. */
  to: string | null
  name: string
}

const Step = ({ address, to, name }: StepProps) =>
  to === null ? (
    <span className="segment-off" aria-disabled="true">
      {name}
    </span>
  ) : (
    <Link
      to="/organizations/$org/issues/$issueId/events/$eventId"
      params={{ ...address, eventId: to }}
      resetScroll={false}
      activeProps={{}}
    >
      {name}
    </Link>
  )
