import type { Selectable, Transaction } from 'kysely'
import type { ConnectedSystem, NewSystem, TicketSystemStore } from '../../ports/ticket-systems.ts'
import { summaryOf, type TicketKind } from '../../tickets/target.ts'
import type { Vault } from '../../vault.ts'
import type { MainDatabase } from './main-database.ts'
import type { Tables } from './tables.ts'

type Row = Selectable<Tables['ticket_system']>

const toSystem = (row: Row): ConnectedSystem => ({
  id: row.id,
  organizationId: row.organization_id,
  kind: row.kind as TicketKind,
  name: row.name,
  summary: row.summary,
  reactions: JSON.parse(row.reactions),
  failures: row.failures,
  problem: row.problem,
  pausedUntil: Number(row.paused_until),
  heardAt: row.heard_at === null ? null : Number(row.heard_at),
  createdAt: Number(row.created_at),
})

const remove = async (db: Transaction<Tables>, organizationId: number, id: number): Promise<boolean> => {
  const { numDeletedRows } = await db
    .deleteFrom('ticket_system')
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (numDeletedRows === 0n) return false
  await db.deleteFrom('ticket_task').where('system_id', '=', id).execute()
  await db.deleteFrom('ticket').where('system_id', '=', id).execute()
  return true
}

export const sqlTicketSystems = (db: MainDatabase, vault: Vault, now: () => number): TicketSystemStore => {
  const columnsOf = ({ name, target, reactions }: NewSystem) => ({
    kind: target.kind,
    name,
    summary: summaryOf(target),
    secrets: vault.seal(JSON.stringify(target)),
    reactions: JSON.stringify(reactions),
  })
  return {
    list: async (organizationId) =>
      (
        await db
          .selectFrom('ticket_system')
          .selectAll()
          .where('organization_id', '=', organizationId)
          .orderBy('id')
          .execute()
      ).map(toSystem),
    find: async (organizationId, id) => {
      const row = await db
        .selectFrom('ticket_system')
        .selectAll()
        .where('organization_id', '=', organizationId)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && toSystem(row)
    },
    add: async (organizationId, system) => {
      const row = await db
        .insertInto('ticket_system')
        .values({ organization_id: organizationId, created_at: now(), ...columnsOf(system) })
        .returningAll()
        .executeTakeFirstOrThrow()
      return toSystem(row)
    },
    replace: async (organizationId, id, system) => {
      const { numUpdatedRows } = await db
        .updateTable('ticket_system')
        .set({ ...columnsOf(system), failures: 0, paused_until: 0, problem: '' })
        .where('organization_id', '=', organizationId)
        .where('id', '=', id)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    remove: (organizationId, id) => db.transaction().execute((transaction) => remove(transaction, organizationId, id)),
    target: async (id) => {
      const row = await db.selectFrom('ticket_system').select('secrets').where('id', '=', id).executeTakeFirst()
      const opened = row && vault.open(row.secrets)
      return opened === undefined ? undefined : JSON.parse(opened)
    },
  }
}
