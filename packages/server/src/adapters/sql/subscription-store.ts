import type { ActivityStore, Subscription, SubscriptionReason } from '../../ports/activity.ts'
import type { MainDatabase } from './main-database.ts'
import { joined, toIssue } from './issue-store.ts'

// Whoever has left is not brought back by what they or others do.
const LEFT = 'left'

const follow = (db: MainDatabase, issueId: number, { accountId, reason }: { accountId: number; reason: string }) =>
  db
    .insertInto('issue_subscription')
    .values({ issue_id: issueId, account_id: accountId, reason })
    .onConflict((conflict) => conflict.columns(['issue_id', 'account_id']).doUpdateSet({ reason }))
    .execute()

const PARTICIPANTS = 200
const CURSOR = /^\d{1,15}$/

const list = async (
  db: MainDatabase,
  accountId: number,
  { projectIds, limit, cursor }: Parameters<ActivityStore['subscriptions']>[1],
): ReturnType<ActivityStore['subscriptions']> => {
  let rows = joined(db)
    .innerJoin('issue_subscription', 'issue_subscription.issue_id', 'issue.id')
    .select('issue_subscription.reason')
    .where('issue_subscription.account_id', '=', accountId)
    .where('issue_subscription.reason', '!=', LEFT)
    .where('issue.project_id', 'in', projectIds)
    .where('issue.merged_into', 'is', null)
  if (cursor !== undefined && CURSOR.test(cursor)) rows = rows.where('issue_subscription.issue_id', '<', Number(cursor))
  const found = await rows
    .orderBy('issue_subscription.issue_id', 'desc')
    .limit(limit + 1)
    .execute()
  const subscriptions = found
    .slice(0, limit)
    .map((row): Subscription => ({ issue: toIssue(row), reason: row.reason as SubscriptionReason }))
  return found.length > limit ? { subscriptions, next: String(subscriptions.at(-1)!.issue.id) } : { subscriptions }
}

type Subscriptions = Pick<ActivityStore, 'participants' | 'subscriptions' | 'subscribe' | 'unsubscribe'>

/** Who follows which issue. */
export const subscriptionsOf = (db: MainDatabase): Subscriptions => ({
  participants: (issueId) =>
    db
      .selectFrom('issue_subscription')
      .innerJoin('account', 'account.id', 'issue_subscription.account_id')
      .select(['account.id', 'account.name', 'account.email'])
      .where('issue_id', '=', issueId)
      .where('reason', '!=', LEFT)
      .limit(PARTICIPANTS)
      .execute(),
  subscriptions: (accountId, page) => list(db, accountId, page),
  subscribe: async (issueId, accountId) => {
    await follow(db, issueId, { accountId, reason: 'wanted' })
  },
  unsubscribe: async (issueId, accountId) => {
    await follow(db, issueId, { accountId, reason: LEFT })
  },
})
