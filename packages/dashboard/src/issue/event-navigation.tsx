import type { EventJson } from '@foghorn/server'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Age } from '../ui/age.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { useShortcuts } from '../ui/keyboard.ts'
import { Select } from '../ui/select.tsx'
import type { IssueAddress } from './issue-query.ts'
import { likeTerm, SAME, useEventSteps, type Same } from './use-event-steps.ts'

interface EventNavigationProps {
  address: IssueAddress
  event: EventJson
  /** What can be taken along from the event. */
  markdown: string | undefined
}

const EVENT_PAGE = '/organizations/$org/issues/$issueId/events/$eventId'

export const EventNavigation = ({ address, event, markdown }: EventNavigationProps) => {
  const [same, setSame] = useState<Same>()
  const steps = useEventSteps(address, event, same)
  const navigate = useNavigate()
  const go = (to: string | null) => {
    if (to !== null) void navigate({ to: EVENT_PAGE, params: { ...address, eventId: to }, resetScroll: false })
  }
  useShortcuts({ j: () => go(steps.next), k: () => go(steps.previous) })
  const possible = (Object.keys(SAME) as Same[]).filter((name) => likeTerm(event, name) !== undefined)
  return (
    <div className="event-bar">
      <p className="event-name">
        Event <code title={event.eventID}>{event.eventID.slice(0, 8)}</code>
        <CopyButton text={event.eventID} label="Copy event ID" look="icon" />
        <Age date={event.dateCreated} />
      </p>
      <div className="event-tools">
        <CopyButton text={linkTo(address, event)} label="Copy link" />
        {/* Its room is kept until there is something to copy. */}
        <span className={markdown === undefined ? 'waiting' : ''} inert={markdown === undefined}>
          <CopyButton text={markdown ?? ''} label="Copy as Markdown" />
        </span>
        <Select
          label="Go through"
          value={same ?? ''}
          options={[['', 'All events'], ...possible.map((name) => [name, SAME[name]] as const)]}
          onChange={(name) => setSame(name === '' ? undefined : (name as Same))}
        />
        <nav aria-label="Events of this issue" className="segments">
          <Step address={address} to={steps.first} name="First" />
          <Step address={address} to={steps.previous} name="Previous" />
          <Step address={address} to={steps.next} name="Next" />
          <Step address={address} to={steps.latest} name="Latest" />
        </nav>
      </div>
    </div>
  )
}

/** An address that goes on showing this event when newer ones come. */
export const linkTo = ({ org, issueId }: IssueAddress, { eventID }: EventJson): string =>
  `${location.origin}/organizations/${encodeURIComponent(org)}/issues/${issueId}/events/${eventID}`

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
    <Link to={EVENT_PAGE} params={{ ...address, eventId: to }} resetScroll={false} activeProps={{}}>
      {name}
    </Link>
  )
