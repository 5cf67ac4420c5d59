import type { AccountStore } from '../../ports/accounts.ts'
import type { MainDatabase } from './main-database.ts'

type Tokens = Pick<AccountStore, 'addToken' | 'findToken' | 'tokens' | 'removeToken'>

const USE_NOTED_EVERY_MS = 60_000

const find = (db: MainDatabase, secretHash: string, now: number) =>
  db
    .selectFrom('api_token')
    .innerJoin('organization', 'organization.id', 'api_token.organization_id')
    .select(['api_token.id', 'api_token.name as token_name', 'api_token.scopes', 'api_token.last_used_at'])
    .select(['organization.id as organization_id', 'organization.slug', 'organization.name'])
    .where('secret_hash', '=', secretHash)
    .where(({ or, eb }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst()

export const sqlTokenStore = (db: MainDatabase, now: () => number): Tokens => ({
  addToken: async ({ secretHash, organizationId, name, scopes, ending = '', expiresAt }) => {
    const { id } = await db
      .insertInto('api_token')
      .values({
        secret_hash: secretHash,
        organization_id: organizationId,
        name,
        scopes: scopes.join(' '),
        created_at: now(),
        last_used_at: null,
        expires_at: expiresAt ?? null,
        ending,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  },
  findToken: async (secretHash, at) => {
    const row = await find(db, secretHash, at)
    if (!row) return undefined
    if ((row.last_used_at ?? 0) < at - USE_NOTED_EVERY_MS)
      await db.updateTable('api_token').set({ last_used_at: at }).where('id', '=', row.id).execute()
    return {
      id: row.id,
      name: row.token_name,
      organizationId: row.organization_id,
      organizationSlug: row.slug,
      organizationName: row.name,
      scopes: row.scopes.split(' '),
    }
  },
  tokens: async (organizationId) => {
    const rows = await db
      .selectFrom('api_token')
      .select(['id', 'name', 'scopes', 'ending', 'created_at', 'last_used_at', 'expires_at'])
      .where('organization_id', '=', organizationId)
      .orderBy('id', 'desc')
      .execute()
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      scopes: row.scopes.split(' '),
      ending: row.ending,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
      expiresAt: row.expires_at,
    }))
  },
  removeToken: async (organizationId, id) => {
    const { numDeletedRows } = await db
      .deleteFrom('api_token')
      .where('organization_id', '=', organizationId)
      .where('id', '=', id)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },
})
