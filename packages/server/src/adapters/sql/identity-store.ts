import type { Selectable } from 'kysely'
import type { IdentityStore, SignOnVisit } from '../../ports/identities.ts'
import type { MainDatabase } from './main-database.ts'
import type { Tables } from './tables.ts'

const toVisit = (row: Selectable<Tables['sign_on']>): SignOnVisit => ({
  stateHash: row.state_hash,
  browserHash: row.browser_hash,
  nonce: row.nonce,
  verifier: row.verifier,
  next: row.next,
  accountId: row.account_id,
  linkHash: row.link_hash,
  expiresAt: row.expires_at,
})

export const sqlIdentityStore = (db: MainDatabase, now: () => number): IdentityStore => ({
  accountOf: async ({ issuer, subject }) => {
    const row = await db
      .selectFrom('identity')
      .select('account_id')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst()
    return row?.account_id
  },
  hasIdentity: async (accountId) =>
    (await db.selectFrom('identity').select('subject').where('account_id', '=', accountId).executeTakeFirst()) !==
    undefined,
  link: ({ issuer, subject }, accountId) =>
    db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('identity')
        .values({ issuer, subject, account_id: accountId, created_at: now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      await transaction.deleteFrom('one_time_link').where('account_id', '=', accountId).execute()
    }),
  addVisit: async (visit) => {
    await db
      .insertInto('sign_on')
      .values({
        state_hash: visit.stateHash,
        browser_hash: visit.browserHash,
        nonce: visit.nonce,
        verifier: visit.verifier,
        next: visit.next,
        account_id: visit.accountId,
        link_hash: visit.linkHash,
        expires_at: visit.expiresAt,
      })
      .execute()
  },
  takeVisit: async (stateHash, at) => {
    const row = await db.deleteFrom('sign_on').where('state_hash', '=', stateHash).returningAll().executeTakeFirst()
    return row && row.expires_at > at ? toVisit(row) : undefined
  },
})
