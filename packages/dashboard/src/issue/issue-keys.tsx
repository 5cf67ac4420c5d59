import type { AssigneeJson, IssueDetailsJson } from '@foghorn/server'
import { lazy, Suspense, useState } from 'react'
import { useChangeIssue } from '../triage/triage-query.ts'
import { useShortcuts } from '../ui/keyboard.ts'
import { ShortcutsHelp, type ShortcutList } from '../ui/shortcuts-help.tsx'
import type { IssueAddress } from './issue-query.ts'

const AssignDialog = lazy(() => import('../triage/assign-dialog.tsx'))

const SHORTCUTS: ShortcutList = [
  ['j k', 'Next and previous event'],
  ['e', 'Resolve'],
  ['i', 'Archive'],
  ['u', 'Open again'],
  ['a', 'Assign'],
  ['?', 'This help'],
]

/** What the keyboard does on the page of an issue. */
export const IssueKeys = ({ address, issue }: { address: IssueAddress; issue: IssueDetailsJson }) => {
  const [isAssigning, setAssigning] = useState(false)
  const change = useChangeIssue(address)
  const set = (status: string) => {
    if (!change.isPending && issue.status !== status) change.mutate({ status })
  }
  useShortcuts({
    e: () => set('resolved'),
    i: () => set('ignored'),
    u: () => set('unresolved'),
    a: () => setAssigning(true),
  })
  const assign = (assignee: AssigneeJson | null) => {
    setAssigning(false)
    change.mutate({ assignedTo: assignee ? `${assignee.type}:${assignee.id}` : '' })
  }
  return (
    <>
      {change.error && (
        <p className="form-error" role="alert">
          Not changed. {change.error.message}
        </p>
      )}
      <ShortcutsHelp shortcuts={SHORTCUTS} />
      {isAssigning && (
        <Suspense>
          <AssignDialog org={address.org} onChoose={assign} onClose={() => setAssigning(false)} />
        </Suspense>
      )}
    </>
  )
}
