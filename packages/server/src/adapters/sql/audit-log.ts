import type { AuditAction, AuditedEntry, AuditLog } from '../../ports/audit.ts'
import type { MainDatabase } from './main-database.ts'

const CURSOR = /^\d{1,15}$/

export const sqlAuditLog = (db: MainDatabase, now: () => number): AuditLog => ({
  add: async ({ organizationId, ...entry }) => {
    await db
      .insertInto('audit_entry')
      .values({ organization_id: organizationId, happened_at: now(), ...entry })
      .execute()
  },
  list: async (organizationId, { limit, cursor }) => {
    let rows = db.selectFrom('audit_entry').selectAll().where('organization_id', '=', organizationId)
    if (cursor !== undefined && CURSOR.test(cursor)) rows = rows.where('id', '<', Number(cursor))
    const found = await rows
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute()
    const entries = found.slice(0, limit).map(({ id, actor, address, action, target, happened_at }): AuditedEntry => ({
      id,
      organizationId,
      actor,
      address,
      action: action as AuditAction,
      target,
      happenedAt: Number(happened_at),
    }))
    return found.length > limit ? { entries, next: String(entries.at(-1)!.id) } : { entries }
  },
})
