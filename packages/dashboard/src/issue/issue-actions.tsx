import type { IssueStatus } from '@foghorn/server'
import { StatusButtons } from '../ui/status-buttons.tsx'
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

export const IssueActions = ({ address, status }: { address: IssueAddress; status: IssueStatus }) => (
  <StatusButtons
    className="issue-actions"
    actions={ACTIONS[status]}
    buttonClass={(position) => (position === 0 ? 'button button-primary' : 'button')}
    change={useSetStatus(address)}
  />
)
