import type { IssueDetailsJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import type { IssueAddress } from '../issue/issue-query.ts'
import { Select } from '../ui/select.tsx'
import { membersQuery, teamsQuery, useChangeIssue } from './triage-query.ts'

const PRIORITIES = [
  ['high', 'High'],
  ['medium', 'Medium'],
  ['low', 'Low'],
] as const

type Option = readonly [value: string, name: string]

/** Who is given it now is there to choose even when they have left. */
const withPresent = (options: readonly Option[], assigned: IssueDetailsJson['assignedTo']): readonly Option[] => {
  const value = assigned ? `${assigned.type}:${assigned.id}` : ''
  return assigned && !options.some(([option]) => option === value) ? [...options, [value, assigned.name]] : options
}

/** Whom the issue is given to, and how urgent it is. */
export const IssueTriage = ({ address, issue }: { address: IssueAddress; issue: IssueDetailsJson }) => {
  const members = useQuery(membersQuery(address.org))
  const teams = useQuery(teamsQuery(address.org))
  const change = useChangeIssue(address)
  const { assignedTo, priority, priorityLocked } = issue
  const options: Option[] = [
    ['', 'Nobody'],
    ...(members.data ?? []).map(({ id, name, email }): Option => [`user:${id}`, name || email]),
    ...(teams.data ?? []).map(({ id, slug }): Option => [`team:${id}`, `#${slug}`]),
  ]
  return (
    <section className="triage">
      <h2 className="side-title">Who and how urgent</h2>
      <Select
        label="Assigned to"
        value={assignedTo ? `${assignedTo.type}:${assignedTo.id}` : ''}
        options={withPresent(options, assignedTo)}
        onChange={(value) => change.mutate({ assignedTo: value })}
      />
      <Select
        label="Priority"
        value={priority}
        options={PRIORITIES}
        onChange={(value) => change.mutate({ priority: value })}
      />
      <p className="muted">{priorityLocked ? 'Set by a person' : 'From severity, people who met it and its trend'}</p>
      {change.error && (
        <p className="form-error" role="alert">
          Not changed. {change.error.message}
        </p>
      )}
    </section>
  )
}
