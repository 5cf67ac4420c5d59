import type { RegroupingJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { formatCount } from '../ui/numbers.ts'
import { passesQuery } from './merge-query.ts'

const REASONS: Record<string, string> = {
  'artifacts-arrived': 'Source maps arrived',
  'artifacts-removed': 'Source maps were deleted',
  'rules-changed': 'Grouping rules changed',
}

const reasonOf = ({ cause, about }: RegroupingJson): string =>
  REASONS[cause] ? `${REASONS[cause]} (${about})` : 'Issues were merged or taken apart'

/** Says that stored events are being read again: what is on the page may change. */
export const PassNotice = ({ org, project }: { org: string; project: string }) => {
  const passes = useQuery(passesQuery(org, project))
  const pass = passes.data?.findLast(({ dateFinished }) => dateFinished === null)
  if (!pass) return null
  const done = Math.min(pass.checked, pass.total)
  return (
    <p className="pass-notice" role="status">
      <span className="untrusted">{reasonOf(pass)}.</span> Stored events are being read again: {formatCount(done)} of{' '}
      {formatCount(pass.total)}. <progress max={Math.max(1, pass.total)} value={done} aria-label="Events read again" />
    </p>
  )
}
