import type { BlamedJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { figuresQuery } from '../figures/figures-query.ts'
import { type Period, PERIODS } from '../figures/period.ts'
import { RatingBar } from '../figures/rating.tsx'
import type { ProjectAddress } from '../projects/address.ts'
import { formatCount } from '../ui/numbers.ts'
import { DataTable } from '../ui/data-table.tsx'
import { Loaded } from '../ui/states.tsx'
import { formatVital, type Vital, VITALS } from './vital.ts'

interface ToBlameProps {
  address: ProjectAddress
  shown: { vital: Vital; period: Period; page: string | undefined }
}

const ABOUT = {
  lcp: 'The largest element of the page, by how many loads waited too long for it.',
  inp: 'What visitors used when the page reacted slowest, by how many loads were too slow.',
  cls: 'What jumped most, by how many loads jumped too much.',
} as const

const isTold = (vital: Vital): vital is keyof typeof ABOUT => Object.hasOwn(ABOUT, vital)

/** Which elements were to blame, where clients tell. */
export const ToBlame = ({ address, shown: { vital, period, page } }: ToBlameProps) => {
  const hours = String(PERIODS[period].hours)
  const rows = useQuery({
    ...figuresQuery<BlamedJson[]>(address, 'measurements/targets/', { name: vital, hours, page }),
    enabled: isTold(vital),
  })
  if (!isTold(vital)) return null
  return (
    <section className="panel" aria-labelledby="to-blame">
      <div className="panel-head">
        <h2 id="to-blame">What is to blame</h2>
      </div>
      <p className="panel-intro">{ABOUT[vital]}</p>
      <Loaded query={rows} lines={4} label="Loading what is to blame">
        {(found) => (found.length === 0 ? <NothingTold /> : <BlameTable rows={found} vital={vital} />)}
      </Loaded>
    </section>
  )
}

const NothingTold = () => (
  <p className="inline-empty">
    No client has named elements.{' '}
    <code>
      webVitals({'{'} attribution: true {'}'})
    </code>{' '}
    makes them do so.
  </p>
)

const BlameTable = ({ rows, vital }: { rows: BlamedJson[]; vital: Vital }) => (
  <DataTable
    label={`What is to blame for ${VITALS[vital].name}`}
    columns={[
      { title: 'Element' },
      { title: 'Page', className: 'wide-only' },
      { title: 'p75', className: 'number' },
      { title: 'Loads', className: 'number' },
      { title: 'Rating', className: 'column-bar' },
    ]}
  >
    {rows.map(({ target, page, p75, count, ratings }) => (
      <tr key={`${page} ${target}`}>
        <th scope="row" className="column-name">
          <code className="untrusted">{target}</code>
        </th>
        <td className="wide-only untrusted">{page}</td>
        <td className="number">{formatVital(vital, p75)}</td>
        <td className="number">{formatCount(count)}</td>
        <td className="column-bar">{ratings && <RatingBar ratings={ratings} />}</td>
      </tr>
    ))}
  </DataTable>
)
