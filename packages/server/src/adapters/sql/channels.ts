import type { Selectable, Transaction } from 'kysely'
import { summaryOf, type Target, type TargetKind } from '../../alerts/target.ts'
import type { Channel, ChannelStore, NewChannel } from '../../ports/channels.ts'
import type { Vault } from '../../vault.ts'
import type { MainDatabase } from './main-database.ts'
import type { Tables } from './tables.ts'

type Row = Selectable<Tables['channel']>

const toChannel = (row: Row): Channel => ({
  id: row.id,
  organizationId: row.organization_id,
  kind: row.kind as TargetKind,
  name: row.name,
  summary: row.settings,
  failures: row.failures,
  pausedUntil: Number(row.paused_until),
  createdAt: Number(row.created_at),
})

type Changes = Pick<ChannelStore, 'add' | 'replace' | 'remove' | 'unsubscribe'>

const readTarget = async (db: MainDatabase, vault: Vault, id: number): Promise<Target | undefined> => {
  const row = await db.selectFrom('channel').select('secrets').where('id', '=', id).executeTakeFirst()
  const opened = row && vault.open(row.secrets)
  return opened === undefined ? undefined : JSON.parse(opened)
}

const remove = async (db: Transaction<Tables>, organizationId: number, id: number): Promise<boolean> => {
  const { numDeletedRows } = await db
    .deleteFrom('channel')
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (numDeletedRows > 0n) await db.deleteFrom('notification').where('channel_id', '=', id).execute()
  return numDeletedRows > 0n
}

const changes = (db: MainDatabase, vault: Vault, now: () => number): Changes => {
  const leadingTo = (target: Target) => ({ settings: summaryOf(target), secrets: vault.seal(JSON.stringify(target)) })
  const columnsOf = ({ name, target }: NewChannel) => ({ kind: target.kind, name, ...leadingTo(target) })
  return {
    add: async (organizationId, channel) => {
      const row = await db
        .insertInto('channel')
        .values({ organization_id: organizationId, created_at: now(), ...columnsOf(channel) })
        .returningAll()
        .executeTakeFirstOrThrow()
      return toChannel(row)
    },
    replace: async (organizationId, id, channel) => {
      const { numUpdatedRows } = await db
        .updateTable('channel')
        // What was wrong may be mended: it is tried at once.
        .set({ ...columnsOf(channel), failures: 0, paused_until: 0 })
        .where('organization_id', '=', organizationId)
        .where('id', '=', id)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    remove: (organizationId, id) => db.transaction().execute((transaction) => remove(transaction, organizationId, id)),
    unsubscribe: async (id, address) => {
      const target = await readTarget(db, vault, id)
      if (target?.kind !== 'email') return
      const to = target.to.filter((one) => one !== address)
      await db
        .updateTable('channel')
        .set(leadingTo({ ...target, to }))
        .where('id', '=', id)
        .execute()
    },
  }
}

export const sqlChannels = (db: MainDatabase, vault: Vault, now: () => number): ChannelStore => {
  const ofOrganization = (organizationId: number) =>
    db.selectFrom('channel').selectAll().where('organization_id', '=', organizationId)
  return {
    ...changes(db, vault, now),
    list: async (organizationId) => (await ofOrganization(organizationId).orderBy('id').execute()).map(toChannel),
    find: async (organizationId, id) => {
      const row = await ofOrganization(organizationId).where('id', '=', id).executeTakeFirst()
      return row && toChannel(row)
    },
    target: (id) => readTarget(db, vault, id),
  }
}
