import type { AccountStore } from '../../ports/accounts.ts'
import type { MainDatabase } from './main-database.ts'

type Failures = Pick<AccountStore, 'addFailure' | 'failuresSince' | 'forgetFailures'>

export const sqlLogInFailures = (db: MainDatabase): Failures => ({
  addFailure: async (nameHash, at) => {
    await db.insertInto('log_in_failure').values({ name_hash: nameHash, failed_at: at }).execute()
  },
  failuresSince: async (nameHash, since) => {
    const { total } = await db
      .selectFrom('log_in_failure')
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .where('name_hash', '=', nameHash)
      .where('failed_at', '>', since)
      .executeTakeFirstOrThrow()
    return Number(total)
  },
  forgetFailures: async (nameHash) => {
    await db.deleteFrom('log_in_failure').where('name_hash', '=', nameHash).execute()
  },
})
