import type { DistributionJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { figuresQuery } from '../figures/figures-query.ts'
import { type Period, PERIODS } from '../figures/period.ts'
import { RatingBar } from '../figures/rating.tsx'
import type { ProjectAddress } from '../projects/address.ts'
import { formatCount } from '../ui/numbers.ts'
import { DataTable } from '../ui/data-table.tsx'
import { Loaded } from '../ui/states.tsx'
import { GROUPS, type Group, type Narrowing } from './search.ts'
import { formatVital, type Vital, VITALS } from './vital.ts'

interface BreakdownProps {
  address: ProjectAddress
  shown: { vital: Vital; by: Group; period: Period; narrowing: Narrowing }
  onGroup: (group: Group) => void
  onNarrow: (value: string) => void
}

const ROWS_AT_MOST = 25

/** Where a vital is good and where it is not. */
export const Breakdown = ({ address, shown: { vital, by, period, narrowing }, onGroup, onNarrow }: BreakdownProps) => {
  const rows = useQuery(
    figuresQuery<DistributionJson[]>(address, 'measurements/', {
      name: vital,
      by,
      hours: String(PERIODS[period].hours),
      ...narrowing,
    }),
  )
  return (
    <section className="panel" aria-labelledby="breakdown">
      <div className="panel-head">
        <h2 id="breakdown">
          {VITALS[vital].name} by {GROUPS[by].toLowerCase()}
        </h2>
        <div className="segments" role="group" aria-label="By">
          {(Object.keys(GROUPS) as Group[]).map((group) => (
            <button key={group} type="button" aria-pressed={group === by} onClick={() => onGroup(group)}>
              {GROUPS[group]}
            </button>
          ))}
        </div>
      </div>
      <Loaded query={rows} lines={5} label="Loading the breakdown">
        {(found) =>
          found.length === 0 ? (
            <p className="inline-empty">Nothing was measured here in {PERIODS[period].words}.</p>
          ) : (
            <BreakdownTable rows={found.slice(0, ROWS_AT_MOST)} shown={{ vital, by }} onNarrow={onNarrow} />
          )
        }
      </Loaded>
    </section>
  )
}

interface BreakdownTableProps {
  rows: DistributionJson[]
  shown: { vital: Vital; by: Group }
  onNarrow: (value: string) => void
}

const BreakdownTable = ({ rows, shown: { vital, by }, onNarrow }: BreakdownTableProps) => (
  <DataTable
    label={`${VITALS[vital].name} by ${by}`}
    columns={[
      { title: GROUPS[by] },
      { title: 'p75', className: 'number' },
      { title: 'p50', className: 'number wide-only' },
      { title: 'p95', className: 'number wide-only' },
      { title: 'Loads', className: 'number' },
      { title: 'Rating', className: 'column-bar' },
    ]}
  >
    {rows.map(({ group, count, p50, p75, p95, ratings }) => (
      <tr key={group}>
        <th scope="row" className="column-name">
          {group === '' ? (
            <span className="muted">not told</span>
          ) : (
            <button type="button" className="link-button untrusted" onClick={() => onNarrow(group)}>
              {group}
            </button>
          )}
        </th>
        <td className="number">{formatVital(vital, p75)}</td>
        <td className="number wide-only">{formatVital(vital, p50)}</td>
        <td className="number wide-only">{formatVital(vital, p95)}</td>
        <td className="number">{formatCount(count)}</td>
        <td className="column-bar">{ratings && <RatingBar ratings={ratings} />}</td>
      </tr>
    ))}
  </DataTable>
)
