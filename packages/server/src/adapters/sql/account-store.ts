import type { Selectable } from 'kysely'
import type { Account, AccountStore, Membership, OneTimeLink, Role } from '../../ports/accounts.ts'
import type { MainDatabase } from './database.ts'
import type { Tables } from './tables.ts'

const toAccount = (row: Selectable<Tables['account']>): Account => ({
  id: row.id,
  email: row.email,
  name: row.name,
  passwordHash: row.password_hash,
})

const toLink = (row: { purpose: string; account_id: number | null }): OneTimeLink => ({
  purpose: row.purpose as OneTimeLink['purpose'],
  accountId: row.account_id,
})

type People = Pick<AccountStore, 'count' | 'create' | 'byEmail' | 'byId' | 'setPassword' | 'join' | 'memberships'>
type Sessions = Pick<AccountStore, 'addSession' | 'findSession' | 'removeSession'>
type Tokens = Pick<AccountStore, 'addToken' | 'findToken'>
type Links = Pick<AccountStore, 'addLink' | 'removeSetupLinks' | 'findLink' | 'useLink'>

const people = (db: MainDatabase, now: () => number): People => ({
  count: async () => {
    const { total } = await db
      .selectFrom('account')
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    return Number(total)
  },
  create: async ({ email, name, passwordHash }) => {
    const row = await db
      .insertInto('account')
      .values({ email: email.toLowerCase(), name, password_hash: passwordHash, created_at: now() })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
    return row && toAccount(row)
  },
  byEmail: async (email) => {
    const row = await db.selectFrom('account').selectAll().where('email', '=', email.toLowerCase()).executeTakeFirst()
    return row && toAccount(row)
  },
  byId: async (id) => {
    const row = await db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst()
    return row && toAccount(row)
  },
  setPassword: async (id, { name, passwordHash }) => {
    await db.updateTable('account').set({ name, password_hash: passwordHash }).where('id', '=', id).execute()
  },
  join: async (accountId, organizationId, role) => {
    await db
      .insertInto('membership')
      .values({ account_id: accountId, organization_id: organizationId, role })
      .onConflict((conflict) => conflict.columns(['account_id', 'organization_id']).doUpdateSet({ role }))
      .execute()
  },
  memberships: async (accountId) => {
    const rows = await db
      .selectFrom('membership')
      .innerJoin('organization', 'organization.id', 'membership.organization_id')
      .select(['organization.id', 'organization.slug', 'organization.name', 'membership.role'])
      .where('membership.account_id', '=', accountId)
      .orderBy('organization.slug')
      .execute()
    return rows.map((row): Membership => ({
      organizationId: row.id,
      organizationSlug: row.slug,
      organizationName: row.name,
      role: row.role as Role,
    }))
  },
})

const sessions = (db: MainDatabase): Sessions => ({
  addSession: async ({ secretHash, accountId, expiresAt }) => {
    await db
      .insertInto('session')
      .values({ secret_hash: secretHash, account_id: accountId, expires_at: expiresAt })
      .execute()
  },
  findSession: async (secretHash, now) => {
    const row = await db
      .selectFrom('session')
      .select('account_id')
      .where('secret_hash', '=', secretHash)
      .where('expires_at', '>', now)
      .executeTakeFirst()
    return row && { accountId: row.account_id }
  },
  removeSession: async (secretHash) => {
    await db.deleteFrom('session').where('secret_hash', '=', secretHash).execute()
  },
})

const USE_NOTED_EVERY_MS = 60_000

const tokens = (db: MainDatabase, now: () => number): Tokens => ({
  addToken: async ({ secretHash, organizationId, name, scopes }) => {
    await db
      .insertInto('api_token')
      .values({
        secret_hash: secretHash,
        organization_id: organizationId,
        name,
        scopes: scopes.join(' '),
        created_at: now(),
        last_used_at: null,
      })
      .execute()
  },
  findToken: async (secretHash, at) => {
    const row = await db
      .selectFrom('api_token')
      .innerJoin('organization', 'organization.id', 'api_token.organization_id')
      .select(['api_token.id', 'api_token.scopes', 'api_token.last_used_at'])
      .select(['organization.id as organization_id', 'organization.slug', 'organization.name'])
      .where('secret_hash', '=', secretHash)
      .executeTakeFirst()
    if (!row) return undefined
    if ((row.last_used_at ?? 0) < at - USE_NOTED_EVERY_MS)
      await db.updateTable('api_token').set({ last_used_at: at }).where('id', '=', row.id).execute()
    return {
      id: row.id,
      organizationId: row.organization_id,
      organizationSlug: row.slug,
      organizationName: row.name,
      scopes: row.scopes.split(' '),
    }
  },
})

const links = (db: MainDatabase): Links => ({
  addLink: async ({ secretHash, purpose, accountId, expiresAt }) => {
    await db
      .insertInto('one_time_link')
      .values({ secret_hash: secretHash, purpose, account_id: accountId, expires_at: expiresAt })
      .execute()
  },
  removeSetupLinks: async () => {
    await db.deleteFrom('one_time_link').where('purpose', '=', 'setup').execute()
  },
  findLink: async (secretHash, now) => {
    const row = await db
      .selectFrom('one_time_link')
      .select(['purpose', 'account_id'])
      .where('secret_hash', '=', secretHash)
      .where('expires_at', '>', now)
      .executeTakeFirst()
    return row && toLink(row)
  },
  useLink: async (secretHash, now) => {
    const row = await db
      .deleteFrom('one_time_link')
      .where('secret_hash', '=', secretHash)
      .where('expires_at', '>', now)
      .returning(['purpose', 'account_id'])
      .executeTakeFirst()
    return row && toLink(row)
  },
})

export const sqlAccountStore = (db: MainDatabase, now: () => number): AccountStore => ({
  ...people(db, now),
  ...sessions(db),
  ...tokens(db, now),
  ...links(db),
})
