import { sql, type Selectable } from 'kysely'
import type { Account, AccountStore, Membership, OneTimeLink, Role, TeamRole } from '../../ports/accounts.ts'
import type { MainDatabase } from './main-database.ts'
import { sqlLogInFailures } from './log-in-failures.ts'
import type { Tables } from './tables.ts'
import { sqlTokenStore } from './token-store.ts'

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

type People = Pick<AccountStore, 'count' | 'create' | 'byEmail' | 'byId' | 'rename' | 'setPassword' | 'join'>
type Places = Pick<AccountStore, 'memberships' | 'projectRoles'>
type Sessions = Pick<AccountStore, 'addSession' | 'findSession' | 'removeSession'>
type Members = Pick<AccountStore, 'members' | 'leave'>
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
  rename: async (id, name) => {
    await db.updateTable('account').set({ name }).where('id', '=', id).execute()
  },
  setPassword: (id, { name, passwordHash }) =>
    db.transaction().execute(async (transaction) => {
      await transaction.updateTable('account').set({ name, password_hash: passwordHash }).where('id', '=', id).execute()
      await transaction.deleteFrom('session').where('account_id', '=', id).execute()
    }),
  join: async (accountId, organizationId, role) => {
    await db
      .insertInto('membership')
      .values({ account_id: accountId, organization_id: organizationId, role })
      .onConflict((conflict) => conflict.columns(['account_id', 'organization_id']).doUpdateSet({ role }))
      .execute()
  },
})

const places = (db: MainDatabase): Places => ({
  memberships: async (accountId) => {
    const rows = await db
      .selectFrom('membership')
      .innerJoin('organization', 'organization.id', 'membership.organization_id')
      .select(['organization.id', 'organization.slug', 'organization.name', 'organization.open_membership'])
      .select('membership.role')
      .where('membership.account_id', '=', accountId)
      .orderBy('organization.slug')
      .execute()
    return rows.map((row): Membership => ({
      organizationId: row.id,
      organizationSlug: row.slug,
      organizationName: row.name,
      role: row.role as Role,
      isOpen: row.open_membership === 1,
    }))
  },
  projectRoles: async (accountId) => {
    const rows = await db
      .selectFrom('team_member')
      .innerJoin('team', 'team.id', 'team_member.team_id')
      .innerJoin('team_project', 'team_project.team_id', 'team.id')
      .select(['team.organization_id', 'team_project.project_id', 'team_member.role'])
      .where('team_member.account_id', '=', accountId)
      .execute()
    return rows.map((row) => ({
      organizationId: row.organization_id,
      projectId: row.project_id,
      role: row.role as TeamRole | null,
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

const members = (db: MainDatabase): Members => ({
  members: async (organizationId) => {
    const rows = await db
      .selectFrom('membership')
      .innerJoin('account', 'account.id', 'membership.account_id')
      .selectAll('account')
      .select('membership.role')
      .select(sql<number>`exists (select 1 from identity where identity.account_id = account.id)`.as('has_identity'))
      .where('membership.organization_id', '=', organizationId)
      .orderBy('account.email')
      .execute()
    return rows.map((row) => ({
      accountId: row.id,
      email: row.email,
      name: row.name,
      role: row.role as Role,
      isPending: row.password_hash === null && !row.has_identity,
      createdAt: Number(row.created_at),
    }))
  },
  leave: (accountId, organizationId) =>
    db.transaction().execute(async (transaction) => {
      await transaction
        .deleteFrom('membership')
        .where('account_id', '=', accountId)
        .where('organization_id', '=', organizationId)
        .execute()
      const teams = transaction.selectFrom('team').select('id').where('organization_id', '=', organizationId)
      await transaction
        .deleteFrom('team_member')
        .where('account_id', '=', accountId)
        .where('team_id', 'in', teams)
        .execute()
    }),
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
  ...places(db),
  ...sessions(db),
  ...members(db),
  ...sqlTokenStore(db, now),
  ...sqlLogInFailures(db),
  ...links(db),
})
