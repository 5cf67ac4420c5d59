import type { ListedIssueJson } from '@foghorn/server'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { ShortcutsHelp, type ShortcutList } from '../ui/shortcuts-help.tsx'
import { Failure, Skeleton } from '../ui/states.tsx'
import { ChangeNote } from './change-note.tsx'
import { IssueFilters } from './issue-filters.tsx'
import { IssueRow } from './issue-row.tsx'
import { ListHead } from './list-head.tsx'
import { NoIssues } from './no-issues.tsx'
import type { IssueSearch } from './search.ts'
import { useIssueList } from './use-issue-list.ts'
import { useSelection, type Selection } from './use-selection.ts'
import { useTriage, type Triage } from './use-triage.ts'
import './issues.css'

// Its accessible list of people to choose from is as large as the rest of this page.
const AssignDialog = lazy(() => import('../triage/assign-dialog.tsx'))

const route = getRouteApi('/signed-in/organizations/$org/issues')

const SHORTCUTS: ShortcutList = [
  ['j k', 'Next and previous issue'],
  ['Enter', 'Open the issue'],
  ['x', 'Select the issue'],
  ['e', 'Resolve'],
  ['i', 'Archive'],
  ['u', 'Open again'],
  ['a', 'Assign'],
  ['/', 'Search'],
  ['Esc', 'Clear the selection'],
  ['?', 'This help'],
]

export const IssuesPage = () => {
  const { org } = route.useParams()
  const search = route.useSearch()
  return (
    <div className="page">
      <title>Issues · Foghorn</title>
      <h1 className="visually-hidden">Issues</h1>
      <IssueFilters />
      {/* Another search is another list: nothing of this one is selected in it. */}
      <IssueList key={JSON.stringify([org, search])} org={org} search={search} />
      <ShortcutsHelp shortcuts={SHORTCUTS} />
    </div>
  )
}

const IssueList = ({ org, search }: { org: string; search: IssueSearch }) => {
  const shown = useIssueList(org, search)
  const { list, rows } = shown
  const selection = useSelection()
  const triage = useTriage({ org, search, rows, selection })
  if (list.isPending) return <Skeleton lines={12} label="Loading issues" />
  if (list.isError && rows.length === 0) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  if (rows.length === 0) return <NoIssues org={org} search={search} />
  return (
    <section aria-label="Issue list">
      <ListHead shown={shown} selection={selection} triage={triage} />
      <Rows org={org} rows={rows} selection={selection} triage={triage} />
      {list.hasNextPage && (
        <button type="button" className="button issues-more" onClick={() => void list.fetchNextPage()}>
          {list.isFetchingNextPage ? 'Loading…' : 'Show more'}
        </button>
      )}
      <ChangeNote triage={triage} />
      {triage.assigning && (
        <Suspense>
          <AssignDialog org={org} onChoose={triage.assign} onClose={triage.stopAssigning} />
        </Suspense>
      )}
    </section>
  )
}

interface RowsProps {
  org: string
  rows: readonly ListedIssueJson[]
  selection: Selection
  triage: Triage
}

const Rows = ({ org, rows, selection, triage }: RowsProps) => (
  <ul className="issues-list">
    {rows.map((issue) => (
      <IssueRow
        key={issue.id}
        org={org}
        issue={issue}
        isSelected={selection.isEverything || selection.ids.has(issue.id)}
        onToggle={() => selection.toggle(issue.id)}
        onAssign={() => triage.beginAssigning([issue.id])}
      />
    ))}
  </ul>
)
