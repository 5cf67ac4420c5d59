import type { Kysely } from 'kysely'

// What somebody follows is looked up by who.
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createIndex('issue_subscription_account')
    .on('issue_subscription')
    .columns(['account_id', 'issue_id'])
    .execute()
}
