import type { Transaction } from 'kysely'
import type { SubscriptionReason } from '../../ports/activity.ts'
import type { Tables } from './tables.ts'

export interface NewSubscription {
  issueId: number
  accountId: number
  reason: SubscriptionReason
}

/** Lets accounts follow issues; the first reason stays, and who has left an issue is not brought back. */
export const subscribe = async (db: Transaction<Tables>, subscriptions: readonly NewSubscription[]): Promise<void> => {
  const rows = subscriptions.map(({ issueId: issue_id, accountId: account_id, reason }) => ({
    issue_id,
    account_id,
    reason,
  }))
  if (rows.length > 0)
    await db
      .insertInto('issue_subscription')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

/** The account that an actor of a feed is; undefined for tokens and the service itself. */
export const accountOf = (actor: string | null): number | undefined => {
  const id = /^user:(\d{1,15})$/.exec(actor ?? '')?.[1]
  return id === undefined ? undefined : Number(id)
}
