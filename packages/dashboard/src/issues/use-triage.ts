import type { AssigneeJson, ListedIssueJson } from '@foghorn/server'
import { useState } from 'react'
import type { Change } from '../triage/triage-query.ts'
import { useShortcuts } from '../ui/keyboard.ts'
import { useChangeIssues, type ListChange, type Target } from './change-issues.ts'
import { focusedRow, moveFocus } from './row-focus.ts'
import type { IssueSearch } from './search.ts'
import type { Selection } from './use-selection.ts'

interface Triaged {
  org: string
  search: IssueSearch
  rows: readonly ListedIssueJson[]
  selection: Selection
}

/** What can be taken back: a change of the state of issues that all were open before. */
const undoOf = ({ target, change }: ListChange, rows: readonly ListedIssueJson[]): ListChange | undefined => {
  if (!('ids' in target) || !change.status || change.status === 'unresolved') return undefined
  const wereOpen = rows.filter(({ id }) => target.ids.includes(id)).every(({ status }) => status === 'unresolved')
  return wereOpen ? { target, change: { status: 'unresolved' } } : undefined
}

/** What people do with issues of the list: with those they have selected, else with the one that the keyboard is on. */
export const useTriage = ({ org, search, rows, selection }: Triaged) => {
  const mutation = useChangeIssues(org, search)
  const [assigning, setAssigning] = useState<Target>()
  const [done, setDone] = useState<{ made: ListChange; undo: ListChange | undefined }>()

  const target = (): Target | undefined => {
    if (selection.isEverything) return { search }
    if (selection.ids.size > 0) return { ids: [...selection.ids] }
    const id = focusedRow()
    return id === undefined ? undefined : { ids: [id] }
  }
  const run = (made: ListChange) => {
    if (mutation.isPending) return
    const undo = undoOf(made, rows)
    mutation.mutate(made, {
      onSuccess: () => {
        setDone({ made, undo })
        selection.clear()
      },
    })
  }
  const change = (wanted: Change) => {
    const meant = target()
    if (meant) run({ target: meant, change: wanted })
  }
  const assign = (assignee: AssigneeJson | null) => {
    setAssigning(undefined)
    if (assigning)
      run({ target: assigning, assignee, change: { assignedTo: assignee ? `${assignee.type}:${assignee.id}` : '' } })
  }
  const takeBack = () => {
    setDone(undefined)
    if (done?.undo) mutation.mutate(done.undo)
  }

  useShortcuts({
    j: () => moveFocus(1),
    k: () => moveFocus(-1),
    x: () => {
      const id = focusedRow()
      if (id !== undefined) selection.toggle(id)
    },
    e: () => change({ status: 'resolved' }),
    i: () => change({ status: 'ignored' }),
    u: () => change({ status: 'unresolved' }),
    a: () => setAssigning(target()),
    Escape: selection.clear,
    '/': () => document.querySelector<HTMLElement>('input[name=query]')?.focus(),
  })

  return {
    change,
    assigning,
    beginAssigning: (ids?: readonly string[]) => setAssigning(ids ? { ids } : target()),
    assign,
    stopAssigning: () => setAssigning(undefined),
    done,
    takeBack,
    forget: () => setDone(undefined),
    isPending: mutation.isPending,
    error: mutation.error,
  }
}

export type Triage = ReturnType<typeof useTriage>
