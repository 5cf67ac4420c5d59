import type { OwnershipStore } from '../../ports/ownership.ts'
import type { MainDatabase } from './main-database.ts'
import { findOwner, projectOwners } from './project-owners.ts'

export const sqlOwnershipStore = (db: MainDatabase, now: () => number): OwnershipStore => ({
  get: async (projectId) => {
    const row = await db
      .selectFrom('project_ownership')
      .selectAll()
      .where('project_id', '=', projectId)
      .executeTakeFirst()
    if (!row) return { raw: '', codeowners: '', autoAssign: true, updatedAt: null }
    return {
      raw: row.raw,
      codeowners: row.codeowners,
      autoAssign: row.auto_assign === 1,
      updatedAt: Number(row.updated_at),
    }
  },
  put: async (projectId, { raw, codeowners, autoAssign }) => {
    const columns = { raw, codeowners, auto_assign: autoAssign ? 1 : 0, updated_at: now() }
    await db
      .insertInto('project_ownership')
      .values({ project_id: projectId, ...columns })
      .onConflict((conflict) => conflict.column('project_id').doUpdateSet(columns))
      .execute()
  },
  findOwner: (organizationId, name) => findOwner(db, organizationId, name),
  ownersOf: (event) => projectOwners(db).of(event),
})
