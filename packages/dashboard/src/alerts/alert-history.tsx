import type { AlertJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Age } from '../ui/age.tsx'
import { counted } from '../ui/numbers.ts'
import { Loaded } from '../ui/states.tsx'
import { alertsQuery, useAcknowledge, type ProjectAddress } from './alerts-query.ts'
import { ChangeFailure } from '../ui/change-failure.tsx'

/** What has fired, the newest first. */
export const AlertHistory = ({ address }: { address: ProjectAddress }) => {
  const alerts = useQuery(alertsQuery(address))
  return (
    <Loaded query={alerts} lines={4} label="Loading alerts">
      {(found) =>
        found.length === 0 ? (
          <p className="muted">Nothing has fired.</p>
        ) : (
          <ul className="alert-list">
            {found.map((alert) => (
              <li key={alert.id}>
                <Alert address={address} alert={alert} />
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

const evidenceOf = ({ events, users, minutes }: AlertJson['evidence']): string => {
  if (users !== undefined) return `${counted(users, 'user')} within ${counted(minutes ?? 0, 'minute')}`
  return events === undefined ? '' : `${counted(events, 'event')} within ${counted(minutes ?? 0, 'minute')}`
}

const Alert = ({ address, alert }: { address: ProjectAddress; alert: AlertJson }) => {
  const acknowledge = useAcknowledge(address)
  const isOpen = alert.dateAcknowledged === null && alert.dateResolved === null
  return (
    <div className="rule-actions">
      <p>
        <strong className="untrusted">{alert.rule.name ?? 'A deleted rule'}</strong>,{' '}
        <Link
          to="/organizations/$org/issues/$issueId/events/$eventId"
          params={{ org: address.org, issueId: alert.issue.id, eventId: alert.event.eventID }}
        >
          issue {alert.issue.id}
        </Link>
        , <Age date={alert.dateFired} /> <span className="muted">{evidenceOf(alert.evidence)}</span>
      </p>
      {isOpen ? (
        <button
          type="button"
          className="button button-small"
          aria-disabled={acknowledge.isPending}
          onClick={() => !acknowledge.isPending && acknowledge.mutate(alert.id)}
        >
          Acknowledge
        </button>
      ) : (
        <span className="badge badge-resolved">{alert.dateResolved === null ? 'acknowledged' : 'resolved'}</span>
      )}
      <ChangeFailure error={acknowledge.error} />
    </div>
  )
}
