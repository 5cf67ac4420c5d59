import { BulkBar } from './bulk-bar.tsx'
import { FreshNotice } from './fresh-notice.tsx'
import type { useIssueList } from './use-issue-list.ts'
import type { Selection } from './use-selection.ts'
import type { Triage } from './use-triage.ts'

interface ListHeadProps {
  shown: ReturnType<typeof useIssueList>
  selection: Selection
  triage: Triage
}

/** Above the rows: their columns' names, or what can be done with the selected ones. One takes the place of the other. */
export const ListHead = ({ shown, selection, triage }: ListHeadProps) => {
  const { rows, list } = shown
  const isWhole = selection.isEverything || selection.ids.size === rows.length
  const hasSelection = selection.isEverything || selection.ids.size > 0
  return (
    <div className="issues-head">
      <input
        type="checkbox"
        className="issue-row-check"
        aria-label="Select all shown issues"
        checked={isWhole}
        ref={(box) => {
          if (box) box.indeterminate = hasSelection && !isWhole
        }}
        onChange={() => (isWhole ? selection.clear() : selection.select(rows.map(({ id }) => id)))}
      />
      {hasSelection ? (
        <BulkBar selection={selection} triage={triage} hasMore={list.hasNextPage} />
      ) : (
        <>
          <FreshNotice shown={shown} />
          <Columns span={Object.keys(rows[0]?.stats ?? {})[0]} />
        </>
      )}
    </div>
  )
}

const SPANS: Record<string, string> = { '24h': '24 hours', '14d': '14 days', '30d': '30 days' }

const Columns = ({ span = '14d' }: { span: string | undefined }) => (
  <div className="issues-columns" aria-hidden="true">
    <span>{SPANS[span]}</span>
    <span>Last seen</span>
    <span>Age</span>
    <span>Events</span>
    <span>Users</span>
    <span />
  </div>
)
