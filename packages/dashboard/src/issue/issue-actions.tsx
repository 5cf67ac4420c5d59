import type { IssueDetailsJson, IssueStatus } from '@foghorn/server'
import { StatusMenu } from '../triage/status-menu.tsx'
import { useChangeIssue } from '../triage/triage-query.ts'
import { StatusButtons } from '../ui/status-buttons.tsx'
import type { IssueAddress } from './issue-query.ts'

const ACTIONS = {
  unresolved: [
    ['resolved', 'Resolve'],
    ['ignored', 'Archive'],
  ],
  resolved: [['unresolved', 'Unresolve']],
  ignored: [
    ['resolved', 'Resolve'],
    ['unresolved', 'Open again'],
  ],
} as const satisfies Record<IssueStatus, [IssueStatus, string][]>

export const IssueActions = ({ address, issue }: { address: IssueAddress; issue: IssueDetailsJson }) => {
  const change = useChangeIssue(address)
  return (
    <div className="issue-actions">
      <StatusButtons
        className="status-buttons"
        actions={ACTIONS[issue.status]}
        buttonClass={(position) => (position === 0 ? 'button button-primary' : 'button')}
        change={{ ...change, mutate: (status) => change.mutate({ status }) }}
      />
      <StatusMenu address={address} issue={issue} />
    </div>
  )
}
