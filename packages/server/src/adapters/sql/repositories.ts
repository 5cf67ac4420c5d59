import type { Selectable, Transaction } from 'kysely'
import type { Repository, RepositoryStore } from '../../ports/releases.ts'
import type { MainDatabase } from './main-database.ts'
import type { Tables } from './tables.ts'

const toRepository = ({ id, name, url, created_at }: Selectable<Tables['repository']>): Repository => ({
  id,
  name,
  url,
  createdAt: Number(created_at),
})

/** Notes the repositories that commits name. */
export const noteRepositories = async (
  db: Transaction<Tables>,
  organizationId: number,
  { names, now }: { names: ReadonlySet<string>; now: number },
): Promise<void> => {
  for (const name of names)
    await db
      .insertInto('repository')
      .values({ organization_id: organizationId, name, created_at: now })
      .onConflict((conflict) => conflict.columns(['organization_id', 'name']).doNothing())
      .execute()
}

export const sqlRepositoryStore = (db: MainDatabase, now: () => number): RepositoryStore => ({
  list: async (organizationId) => {
    const rows = db.selectFrom('repository').selectAll().where('organization_id', '=', organizationId)
    return (await rows.orderBy('name').execute()).map(toRepository)
  },
  save: async (organizationId, { name, url }) =>
    toRepository(
      await db
        .insertInto('repository')
        .values({ organization_id: organizationId, name, url, created_at: now() })
        .onConflict((conflict) => conflict.columns(['organization_id', 'name']).doUpdateSet({ url }))
        .returningAll()
        .executeTakeFirstOrThrow(),
    ),
  remove: async (organizationId, id) => {
    const removed = await db
      .deleteFrom('repository')
      .where('organization_id', '=', organizationId)
      .where('id', '=', id)
      .executeTakeFirst()
    return removed.numDeletedRows > 0n
  },
})
