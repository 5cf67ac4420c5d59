import type { NewView, SavedView, SavedViewStore, ViewSearch } from '../../ports/saved-views.ts'
import type { MainDatabase } from './main-database.ts'

const MOST = 100
const SHOWN = 500

interface Row {
  id: number
  account_id: number
  project_id: number | null
  is_shared: number
  name: string
  search: string
  author: string | null
  email: string | null
}

const toView = (row: Row): SavedView => ({
  id: row.id,
  accountId: row.account_id,
  author: row.author || row.email || '',
  name: row.name,
  search: JSON.parse(row.search) as ViewSearch,
  projectId: row.project_id,
  isShared: row.is_shared === 1,
})

const joined = (db: MainDatabase) =>
  db
    .selectFrom('saved_view')
    .leftJoin('account', 'account.id', 'saved_view.account_id')
    .select(['saved_view.id', 'account_id', 'project_id', 'is_shared', 'saved_view.name', 'search'])
    .select(['account.name as author', 'account.email as email'])

const own = (db: MainDatabase, { organizationId, accountId }: { organizationId: number; accountId: number }) =>
  joined(db)
    .where('organization_id', '=', organizationId)
    .where('account_id', '=', accountId)
    .orderBy('saved_view.id')
    .limit(SHOWN)
    .execute()

const shared = (db: MainDatabase, projectIds: readonly number[]) =>
  joined(db)
    .where('project_id', 'in', [...projectIds])
    .where('is_shared', '=', 1)
    .orderBy('saved_view.id')
    .limit(SHOWN)
    .execute()

const list =
  (db: MainDatabase): SavedViewStore['list'] =>
  async ({ organizationId, accountId, projectIds }) => {
    const mine = accountId === undefined ? [] : await own(db, { organizationId, accountId })
    const theirs = projectIds.length === 0 ? [] : await shared(db, projectIds)
    return [...mine, ...theirs.filter((row) => row.account_id !== accountId)].map(toView)
  }

const insert = (db: MainDatabase, by: { organizationId: number; accountId: number }, view: NewView) =>
  db
    .insertInto('saved_view')
    .values({
      organization_id: by.organizationId,
      account_id: by.accountId,
      project_id: view.projectId,
      is_shared: view.isShared ? 1 : 0,
      name: view.name,
      search: JSON.stringify(view.search),
    })
    .returning('id')
    .executeTakeFirstOrThrow()

export const sqlSavedViews = (db: MainDatabase): SavedViewStore => ({
  list: list(db),
  add: async (by, view) => {
    if ((await own(db, by)).length >= MOST) return undefined
    const { id } = await insert(db, by, view)
    return toView(await joined(db).where('saved_view.id', '=', id).executeTakeFirstOrThrow())
  },
  remove: async (id) => void (await db.deleteFrom('saved_view').where('id', '=', id).execute()),
})
