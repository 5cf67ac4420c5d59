import type { AlertJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Age } from '../ui/age.tsx'
import { Loaded } from '../ui/states.tsx'
import { alertsQuery, useChangeAlert, type ProjectAddress } from './alerts-query.ts'
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

const stateOf = ({ dateAcknowledged, dateResolved }: AlertJson): string | undefined => {
  if (dateResolved !== null) return 'resolved'
  return dateAcknowledged === null ? undefined : 'acknowledged'
}

interface ChangeProps {
  isPending: boolean
  onClick: () => void
  children: string
}

const Change = ({ isPending, onClick, children }: ChangeProps) => (
  <button
    type="button"
    className="button button-small"
    aria-disabled={isPending}
    onClick={() => !isPending && onClick()}
  >
    {children}
  </button>
)

const Alert = ({ address, alert }: { address: ProjectAddress; alert: AlertJson }) => {
  const change = useChangeAlert(address)
  const state = stateOf(alert)
  return (
    <div className="rule-actions">
      <p>
        <strong className="untrusted">{alert.rule.name ?? 'A deleted rule'}</strong>,{' '}
        {alert.issue && alert.event && (
          <>
            <Link
              to="/organizations/$org/issues/$issueId/events/$eventId"
              params={{ org: address.org, issueId: alert.issue.id, eventId: alert.event.eventID }}
            >
              issue {alert.issue.id}
            </Link>
            ,{' '}
          </>
        )}
        <Age date={alert.dateFired} /> <span className="muted untrusted">{alert.why}</span>
      </p>
      {state !== undefined && <span className="badge badge-resolved">{state}</span>}
      {state === undefined && (
        <Change isPending={change.isPending} onClick={() => change.mutate({ id: alert.id, change: 'acknowledged' })}>
          Acknowledge
        </Change>
      )}
      {/* An issue that is resolved ends its alerts; nothing else ends these. */}
      {alert.issue === null && alert.dateResolved === null && (
        <Change isPending={change.isPending} onClick={() => change.mutate({ id: alert.id, change: 'resolved' })}>
          Resolve
        </Change>
      )}
      <ChangeFailure error={change.error} />
    </div>
  )
}
