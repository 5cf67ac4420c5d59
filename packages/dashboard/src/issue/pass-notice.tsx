import { useQuery } from '@tanstack/react-query'
import { reasonOf } from '../grouping/causes.ts'
import { passesQuery, type ProjectAddress } from '../grouping/grouping-query.ts'
import { PassProgress } from '../grouping/passes.tsx'

/** Says that stored events are being read again: what is on the page may change. */
export const PassNotice = ({ address }: { address: ProjectAddress }) => {
  const passes = useQuery(passesQuery(address))
  const pass = passes.data?.findLast(({ dateFinished }) => dateFinished === null)
  if (!pass) return null
  return (
    <p className="pass-notice" role="status">
      <span className="untrusted">{reasonOf(pass)}.</span> <PassProgress pass={pass} />
    </p>
  )
}
