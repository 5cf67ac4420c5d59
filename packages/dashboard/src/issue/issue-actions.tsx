import type { IssueStatus } from '@foghorn/server'
import { useSetStatus, type IssueAddress } from './issue-query.ts'

const ACTIONS = {
  unresolved: [
    ['resolved', 'Resolve'],
    ['ignored', 'Ignore'],
  ],
  resolved: [['unresolved', 'Unresolve']],
  ignored: [
    ['resolved', 'Resolve'],
    ['unresolved', 'Stop ignoring'],
  ],
} as const satisfies Record<IssueStatus, [IssueStatus, string][]>

export const IssueActions = ({ address, status }: { address: IssueAddress; status: IssueStatus }) => {
  const change = useSetStatus(address)
  return (
    <div className="issue-actions">
      {ACTIONS[status].map(([next, name], position) => (
        <button
          key={next}
          type="button"
          className={position === 0 ? 'button button-primary' : 'button'}
          aria-disabled={change.isPending}
          onClick={() => !change.isPending && change.mutate(next)}
        >
          {name}
        </button>
      ))}
      {change.error && (
        <p className="form-error" role="alert">
          Not changed. {change.error.message}
        </p>
      )}
    </div>
  )
}
