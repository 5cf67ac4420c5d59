import { Hono, type Context } from 'hono'
import type { AuditAction, AuditedEntry, AuditLog } from '../ports/audit.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { clientAddress } from './client-address.ts'
import { iso } from './issue-json.ts'
import { nextLink } from './page-links.ts'
import type { AuditEntryJson } from './shapes.ts'

export interface AuditDeps {
  audit: AuditLog
}

/** Notes what the actor of a request did in the path's organization. */
export const note = (
  audit: AuditLog,
  c: Context<ApiEnv>,
  did: { action: AuditAction; target: string },
): Promise<void> =>
  audit.add({
    organizationId: c.var.organization.id,
    actor: c.var.actor!.name,
    address: clientAddress(c),
    ...did,
  })

const entryJson = ({ id, actor, address, action, target, happenedAt }: AuditedEntry): AuditEntryJson => ({
  id: String(id),
  actor: { name: actor },
  event: action,
  ipAddress: address,
  note: target,
  dateCreated: iso(happenedAt),
})

const PAGE = 50

export const auditRoutes = ({ audit }: AuditDeps) =>
  new Hono<ApiEnv>().get('/organizations/:org/audit-logs/', authorize('org:write'), async (c) => {
    const page = await audit.list(c.var.organization.id, { limit: PAGE, cursor: c.req.query('cursor') })
    c.header('Link', nextLink(c.req.url, page.next))
    return c.json({ rows: page.entries.map(entryJson) })
  })
