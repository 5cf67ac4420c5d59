import type { OutcomeSeriesJson } from '@foghorn/server'
import { formatCount } from '../ui/numbers.ts'
import { DataTable } from '../ui/data-table.tsx'
import { explainReason, OUTCOMES } from './outcomes.ts'

/** Why something was not stored, the most frequent reason first. */
export const Reasons = ({ groups }: { groups: OutcomeSeriesJson['groups'] }) => {
  const dropped = groups.filter(({ outcome }) => outcome !== 'accepted')
  return (
    <section className="panel" aria-labelledby="reasons">
      <div className="panel-head">
        <h2 id="reasons">Why something was not stored</h2>
      </div>
      {dropped.length === 0 ? (
        <p className="inline-empty">All that came in was stored.</p>
      ) : (
        <ReasonTable dropped={dropped} />
      )}
    </section>
  )
}

const ReasonTable = ({ dropped }: { dropped: OutcomeSeriesJson['groups'] }) => (
  <DataTable
    label="Why something was not stored"
    columns={[{ title: 'Reason' }, { title: 'Kind' }, { title: 'Items', className: 'number' }]}
  >
    {dropped.map(({ outcome, category, reason, total }) => (
      <tr key={`${outcome} ${category} ${reason}`}>
        <th scope="row" className="column-name">
          <span className="reason-name">
            <span className="swatch" style={{ background: `var(${OUTCOMES[outcome].color})` }} />
            {OUTCOMES[outcome].name}
            {reason !== '' && <code className="untrusted">{reason}</code>}
          </span>
          <span className="reason-about">{explainReason(reason) ?? OUTCOMES[outcome].about}</span>
        </th>
        <td className="untrusted">{category}</td>
        <td className="number">{formatCount(total)}</td>
      </tr>
    ))}
  </DataTable>
)
