import type { AssigneeJson, BulkChangeJson, IssueJson, ListedIssueJson } from '@foghorn/server'
import { useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { path, putJson, withQuery, type Page } from '../api/client.ts'
import { stateOf } from '../triage/states.ts'
import type { Change } from '../triage/triage-query.ts'
import { announce } from '../ui/announcer.tsx'
import { counted } from '../ui/numbers.ts'
import { issueListQuery, issuesKey, selectionOf } from './issues-query.ts'
import type { IssueSearch } from './search.ts'

/** Which issues are meant: these, or all that a search finds. */
export type Target = { ids: readonly string[] } | { search: IssueSearch }

export interface ListChange {
  target: Target
  change: Change
  /** Who `change.assignedTo` names; null: nobody. */
  assignee?: AssigneeJson | null
}

const addressOf = (org: string, target: Target): string => {
  const issues = path`/organizations/${org}/issues/`
  return 'ids' in target
    ? `${issues}?${target.ids.map((id) => `id=${encodeURIComponent(id)}`).join('&')}`
    : withQuery(issues, selectionOf(target.search))
}

const STATES: Record<string, Pick<IssueJson, 'status' | 'substatus'>> = {
  unresolved: { status: 'unresolved', substatus: 'ongoing' },
  in_progress: { status: 'unresolved', substatus: 'in_progress' },
  resolved: { status: 'resolved', substatus: null },
  ignored: { status: 'ignored', substatus: 'archived_forever' },
}

/** What a change makes of an issue, as far as a row shows it. */
export const afterChange = <Issue extends IssueJson>(
  issue: Issue,
  { change, assignee }: Omit<ListChange, 'target'>,
): Issue => ({
  ...issue,
  ...(change.status && STATES[change.status]),
  ...(change.statusDetails && change.status === 'ignored' && { substatus: 'archived_until_condition_met' }),
  ...(change.assignedTo !== undefined && { assignedTo: assignee ?? null }),
  ...(change.priority && { priority: change.priority as IssueJson['priority'] }),
})

/** What happened, in a sentence without its subject. */
export const outcomeOf = ({ change, assignee }: Omit<ListChange, 'target'>): string => {
  if (change.status)
    return `now ${stateOf({ status: 'unresolved', substatus: null, ...STATES[change.status] }).toLowerCase()}`
  if (change.assignedTo !== undefined) return assignee ? `now assigned to ${assignee.name}` : 'now assigned to nobody'
  return `now of ${change.priority} priority`
}

type Pages = InfiniteData<Page<ListedIssueJson>, string | null>

/** Changes issues from the list. Their rows stay where they are and show it: nothing moves under the reader's eyes. */
export const useChangeIssues = (org: string, search: IssueSearch) => {
  const queryClient = useQueryClient()
  const patch = (ids: ReadonlySet<string>, made: ListChange) =>
    queryClient.setQueryData<Pages>(
      issueListQuery(org, search).queryKey,
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((issue) => (ids.has(issue.id) ? afterChange(issue, made) : issue)),
          })),
        },
    )
  return useMutation({
    mutationFn: ({ target, change }: ListChange) => putJson<BulkChangeJson>(addressOf(org, target), change),
    onSuccess: ({ changed, more }, made) => {
      announce(`${counted(changed, 'issue')} ${outcomeOf(made)}${more ? '. There are more: do it again' : ''}`)
      void queryClient.invalidateQueries({ queryKey: ['issue', org] })
      if ('ids' in made.target) {
        patch(new Set(made.target.ids), made)
        return queryClient.invalidateQueries({ queryKey: [...issuesKey(org), 'head'] })
      }
      return queryClient.invalidateQueries({ queryKey: issuesKey(org) })
    },
  })
}
