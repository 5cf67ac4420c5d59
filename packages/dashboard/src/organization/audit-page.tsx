import type { AuditEntryJson } from '@foghorn/server'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Age } from '../ui/age.tsx'
import { Empty, Failure, Skeleton } from '../ui/states.tsx'
import { auditQuery } from './organization-query.ts'
import { OrganizationSettings } from './organization-settings.tsx'

const route = getRouteApi('/signed-in/organizations/$org/audit-log')

/** Who changed what. */
export const AuditPage = () => {
  const { org } = route.useParams()
  return (
    <OrganizationSettings org={org} title="Audit log">
      <section className="block" aria-label="Changes, the newest first">
        <Entries org={org} />
      </section>
    </OrganizationSettings>
  )
}

const Entries = ({ org }: { org: string }) => {
  const log = useInfiniteQuery(auditQuery(org))
  if (log.isPending) return <Skeleton lines={10} label="Loading the audit log" />
  if (log.isError) return <Failure error={log.error} onRetry={() => void log.refetch()} />
  const rows = log.data.pages.flatMap((page) => page.rows)
  if (rows.length === 0)
    return (
      <Empty title="Nothing was changed yet">
        <p>Who invites somebody, makes a token or deletes something is noted here, with the address it came from.</p>
      </Empty>
    )
  return (
    <>
      <ul className="rows">
        {rows.map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
        ))}
      </ul>
      {log.hasNextPage && (
        <button type="button" className="button" onClick={() => void log.fetchNextPage()}>
          {log.isFetchingNextPage ? 'Loading…' : 'Show older ones'}
        </button>
      )}
    </>
  )
}

const EntryRow = ({ entry: { event, note, actor, ipAddress, dateCreated } }: { entry: AuditEntryJson }) => (
  <li>
    <div className="row-main">
      <p className="row-title untrusted">
        <span className="badge">{event}</span> {note}
      </p>
      <p className="row-note untrusted">
        {actor.name}
        {ipAddress && ` · from ${ipAddress}`}
      </p>
    </div>
    <span className="row-note">
      <Age date={dateCreated} />
    </span>
  </li>
)
