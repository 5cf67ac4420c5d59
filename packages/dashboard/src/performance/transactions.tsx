import type { DistributionJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { figuresQuery } from '../figures/figures-query.ts'
import { type Period, PERIODS } from '../figures/period.ts'
import { formatMs } from '../figures/units.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { FilterInput } from '../ui/filter-input.tsx'
import { formatCount } from '../ui/numbers.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Loaded } from '../ui/states.tsx'
import { COLUMNS, type Column, sorted } from './sort.ts'

interface TransactionsProps {
  address: ProjectAddress
  period: Period
  current: string | undefined
  onChoose: (name: string) => void
}

/** Every transaction by its name: which are slow, and which are frequent. */
export const Transactions = ({ address, period, current, onChoose }: TransactionsProps) => {
  const [text, setText] = useState('')
  const rows = useQuery(
    figuresQuery<DistributionJson[]>(address, 'measurements/', {
      name: 'duration',
      by: 'page',
      hours: String(PERIODS[period].hours),
    }),
  )
  return (
    <section className="panel" aria-labelledby="transactions">
      <div className="panel-head">
        <h2 id="transactions">By name</h2>
        <FilterInput label="Names that contain" placeholder="Filter by name" text={text} onText={setText} />
      </div>
      <Loaded query={rows} lines={6} label="Loading transactions">
        {(found) => (
          <TransactionTable
            rows={found.filter(({ group }) => group.toLowerCase().includes(text.toLowerCase()))}
            current={current}
            onChoose={onChoose}
          />
        )}
      </Loaded>
    </section>
  )
}

type TransactionTableProps = Pick<TransactionsProps, 'current' | 'onChoose'> & { rows: DistributionJson[] }

const TransactionTable = ({ rows, current, onChoose }: TransactionTableProps) => {
  const [column, setColumn] = useState<Column>('count')
  if (rows.length === 0) return <p className="inline-empty">No transaction has such a name.</p>
  return (
    <ScrollArea className="table-area" label="Transactions by name">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            {Object.entries(COLUMNS).map(([key, { name, wide }]) => (
              <th
                key={key}
                scope="col"
                className={wide ? 'number wide-only' : 'number'}
                {...(key === column && { 'aria-sort': 'descending' })}
              >
                <button type="button" className="sort-button" onClick={() => setColumn(key as Column)}>
                  {name}
                  {key === column && <span aria-hidden="true"> ↓</span>}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted(rows, column).map(({ group, count, p50, p75, p95 }) => (
            <tr key={group}>
              <th scope="row" className="column-name">
                <button
                  type="button"
                  className="link-button untrusted"
                  aria-pressed={group === current}
                  onClick={() => onChoose(group)}
                >
                  {group || 'without a name'}
                </button>
              </th>
              <td className="number">{formatCount(count)}</td>
              <td className="number wide-only">{formatMs(p50)}</td>
              <td className="number">{formatMs(p75)}</td>
              <td className="number">{formatMs(p95)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}
