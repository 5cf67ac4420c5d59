import type { Change } from '../triage/triage-query.ts'
import { Dropdown } from '../ui/dropdown.tsx'
import { formatCount } from '../ui/numbers.ts'
import type { Selection } from './use-selection.ts'
import type { Triage } from './use-triage.ts'

const DAY_MINUTES = 24 * 60

const MORE: readonly (readonly [name: string, change: Change])[] = [
  ['Open again', { status: 'unresolved' }],
  ['Start work', { status: 'in_progress' }],
  ['Resolve in the next release', { status: 'resolved', statusDetails: { inNextRelease: true } }],
  ['Ignore for a day', { status: 'ignored', statusDetails: { ignoreDuration: DAY_MINUTES } }],
  ['Ignore for a week', { status: 'ignored', statusDetails: { ignoreDuration: 7 * DAY_MINUTES } }],
  ['Priority high', { priority: 'high' }],
  ['Priority medium', { priority: 'medium' }],
  ['Priority low', { priority: 'low' }],
]

interface BulkBarProps {
  selection: Selection
  triage: Triage
  /** Whether the search finds more than is shown. */
  hasMore: boolean
}

/** What can be done with the selected issues. */
export const BulkBar = ({ selection, triage, hasMore }: BulkBarProps) => (
  <div className="bulk-bar" role="group" aria-label="Selected issues">
    <span className="bulk-count">
      {selection.isEverything ? 'All that match' : `${formatCount(selection.ids.size)} selected`}
    </span>
    <Action name="Resolve" change={{ status: 'resolved' }} triage={triage} />
    <Action name="Archive" change={{ status: 'ignored' }} triage={triage} />
    <button type="button" className="button button-small" onClick={() => triage.beginAssigning()}>
      Assign…
    </button>
    <Dropdown label="More">
      {(close) => (
        <ul>
          {MORE.map(([name, change]) => (
            <li key={name}>
              <button
                type="button"
                onClick={() => {
                  close()
                  triage.change(change)
                }}
              >
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dropdown>
    {hasMore && !selection.isEverything && (
      <button type="button" className="button button-small" onClick={selection.selectEverything}>
        Select all that match
      </button>
    )}
    <button type="button" className="button button-small" onClick={selection.clear}>
      Clear
    </button>
  </div>
)

const Action = ({ name, change, triage }: { name: string; change: Change; triage: Triage }) => (
  <button
    type="button"
    className="button button-small"
    aria-disabled={triage.isPending}
    onClick={() => triage.change(change)}
  >
    {name}
  </button>
)
