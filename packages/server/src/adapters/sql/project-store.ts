import { randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import { NEWEST_GROUPING } from '../../grouping/group.ts'
import type { Organization, Project, ProjectKey, ProjectStore } from '../../ports/projects.ts'
import type { MainDatabase } from './main-database.ts'
import type { Tables } from './tables.ts'

const toOrganization = (row: Selectable<Tables['organization']>): Organization => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  createdAt: row.created_at,
  isOpen: row.open_membership === 1,
})

const toProject = (row: Selectable<Tables['project']>): Project => ({
  id: row.id,
  organizationId: row.organization_id,
  slug: row.slug,
  name: row.name,
  platform: row.platform,
  createdAt: row.created_at,
})

const toKey = (row: Selectable<Tables['project_key']>): ProjectKey => ({
  id: row.id,
  projectId: row.project_id,
  publicKey: row.public_key,
  name: row.name,
  active: row.active === 1,
  createdAt: row.created_at,
})

type Organizations = Pick<ProjectStore, 'organizations' | 'organization' | 'ensureOrganization' | 'setOpen'>
type Projects = Pick<ProjectStore, 'projects' | 'project' | 'projectById' | 'create' | 'rename' | 'remove'>
type Keys = Pick<ProjectStore, 'keys' | 'findKey' | 'addKey' | 'changeKey'>

const organizations = (db: MainDatabase, now: () => number): Organizations => {
  const bySlug = async (slug: string): Promise<Organization | undefined> => {
    const row = await db.selectFrom('organization').selectAll().where('slug', '=', slug).executeTakeFirst()
    return row && toOrganization(row)
  }
  return {
    organization: bySlug,
    organizations: async () =>
      (await db.selectFrom('organization').selectAll().orderBy('id').execute()).map(toOrganization),
    ensureOrganization: async (slug, name = slug) => {
      await db
        .insertInto('organization')
        .values({ slug, name, created_at: now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return (await bySlug(slug))!
    },
    setOpen: async (id, isOpen) => {
      await db
        .updateTable('organization')
        .set({ open_membership: isOpen ? 1 : 0 })
        .where('id', '=', id)
        .execute()
    },
  }
}

const insertKey = async (
  db: MainDatabase,
  key: Pick<Selectable<Tables['project_key']>, 'project_id' | 'name' | 'created_at'>,
): Promise<ProjectKey> =>
  toKey(
    await db
      .insertInto('project_key')
      .values({ ...key, public_key: randomBytes(16).toString('hex'), active: 1 })
      .returningAll()
      .executeTakeFirstOrThrow(),
  )

const create =
  (db: MainDatabase, now: () => number): ProjectStore['create'] =>
  ({ organizationId, slug, name }) =>
    db.transaction().execute(async (transaction) => {
      const row = await transaction
        .insertInto('project')
        .values({
          organization_id: organizationId,
          slug,
          name,
          platform: 'javascript',
          created_at: now(),
          grouping_version: NEWEST_GROUPING,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst()
      if (!row) return undefined
      await insertKey(transaction, { project_id: row.id, name: 'Default', created_at: now() })
      return toProject(row)
    })

// Without these nobody sends to it, sees it, is told of it, or reads its events again.
const AT_ONCE = ['project_key', 'team_project', 'alert_rule', 'regroup_job'] as const

const projects = (db: MainDatabase, now: () => number): Projects => {
  const all = () => db.selectFrom('project').selectAll()
  return {
    projects: async (organizationId) =>
      (await all().where('organization_id', '=', organizationId).orderBy('slug').execute()).map(toProject),
    project: async (organizationId, slug) => {
      const row = await all().where('organization_id', '=', organizationId).where('slug', '=', slug).executeTakeFirst()
      return row && toProject(row)
    },
    projectById: async (id) => {
      const row = await all().where('id', '=', id).executeTakeFirst()
      return row && toProject(row)
    },
    create: create(db, now),
    rename: async (id, name) => {
      await db.updateTable('project').set({ name }).where('id', '=', id).execute()
    },
    remove: (id) =>
      db.transaction().execute(async (transaction) => {
        await transaction.insertInto('removed_project').values({ project_id: id, removed_at: now() }).execute()
        for (const table of AT_ONCE) await transaction.deleteFrom(table).where('project_id', '=', id).execute()
        await transaction.deleteFrom('project').where('id', '=', id).execute()
      }),
  }
}

const keys = (db: MainDatabase, now: () => number): Keys => {
  const all = () => db.selectFrom('project_key').selectAll()
  return {
    keys: async (projectId) => (await all().where('project_id', '=', projectId).orderBy('id').execute()).map(toKey),
    findKey: async (publicKey) => {
      const row = await all().where('public_key', '=', publicKey).executeTakeFirst()
      return row && toKey(row)
    },
    addKey: (projectId, name) => insertKey(db, { project_id: projectId, name, created_at: now() }),
    changeKey: async (id, { name, active }) => {
      const change = { ...(name !== undefined && { name }), ...(active !== undefined && { active: active ? 1 : 0 }) }
      if (Object.keys(change).length > 0) await db.updateTable('project_key').set(change).where('id', '=', id).execute()
    },
  }
}

export const sqlProjectStore = (db: MainDatabase, now: () => number): ProjectStore => ({
  ...organizations(db, now),
  ...projects(db, now),
  ...keys(db, now),
})
