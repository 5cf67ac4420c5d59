import type { RegroupingJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { Age } from '../ui/age.tsx'
import { counted, formatCount } from '../ui/numbers.ts'
import { Loaded } from '../ui/states.tsx'
import { reasonOf } from './causes.ts'
import { passesQuery, type ProjectAddress } from './grouping-query.ts'

const SHOWN = 10

/** Bar of a pass that is under way. */
export const PassProgress = ({ pass }: { pass: RegroupingJson }) => {
  const done = Math.min(pass.checked, pass.total)
  return (
    <>
      Stored events are being read again: {formatCount(done)} of {formatCount(pass.total)}.{' '}
      <progress max={Math.max(1, pass.total)} value={done} aria-label="Events read again" />
    </>
  )
}

/** When stored events were read again, and what came of it. */
export const Passes = ({ address }: { address: ProjectAddress }) => {
  const passes = useQuery(passesQuery(address))
  return (
    <section className="step">
      <h2>Stored events</h2>
      <p>They are read again when maps arrive or go, and when rules or the algorithm change. Nobody is notified.</p>
      <Loaded query={passes} lines={3} label="Loading passes">
        {(found) =>
          found.length === 0 ? (
            <p className="muted">Nothing had to be read again so far.</p>
          ) : (
            <ul className="passes">
              {found.slice(0, SHOWN).map((pass) => (
                <li key={pass.id}>
                  <Pass pass={pass} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

const Pass = ({ pass }: { pass: RegroupingJson }) => (
  <>
    <span className="untrusted">{reasonOf(pass)}</span>, <Age date={pass.dateCreated} />.{' '}
    {pass.dateFinished === null ? (
      <PassProgress pass={pass} />
    ) : (
      <span className="muted">
        {counted(pass.checked, 'event')} read, {formatCount(pass.changed)} changed, {formatCount(pass.moved)} moved to
        another issue.
      </span>
    )}
  </>
)
