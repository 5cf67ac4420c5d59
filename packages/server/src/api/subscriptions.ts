import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ActivityStore, Subscription } from '../ports/activity.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { findIssue, type IssueFinder } from './find-issue.ts'
import { iso } from './issue-json.ts'
import type { SubscriptionJson } from './life-shapes.ts'
import { nextLink } from './page-links.ts'

export interface SubscriptionDeps {
  activity: Pick<ActivityStore, 'subscriptions' | 'unsubscribe'>
  issues: IssueFinder
}

const PAGE = 50

const subscriptionJson = ({ issue, reason }: Subscription): SubscriptionJson => ({
  id: String(issue.id),
  shortId: issue.shortId,
  title: issue.title,
  status: issue.status,
  project: issue.projectSlug,
  lastSeen: iso(issue.lastSeen),
  reason,
})

const accountOf = (c: Context<ApiEnv>): number => {
  const { accountId } = c.var.actor!
  if (accountId === undefined)
    throw new HTTPException(403, { message: 'A token is nobody and follows nothing. Log in to see what you follow.' })
  return accountId
}

/** What whoever asks follows. To stop takes no more than to see the issue. */
export const subscriptionRoutes = ({ activity, issues }: SubscriptionDeps) =>
  new Hono<ApiEnv>()
    .get('/organizations/:org/subscriptions/', authorize('event:read'), async (c) => {
      const projectIds = (await c.var.projects.projects(c.var.organization.id)).map(({ id }) => id)
      const page = { projectIds, limit: PAGE, cursor: c.req.query('cursor') }
      const { subscriptions, next } = await activity.subscriptions(accountOf(c), page)
      c.header('Link', nextLink(c.req.url, next))
      return c.json(subscriptions.map(subscriptionJson))
    })
    .delete('/organizations/:org/subscriptions/:issue/', authorize('event:read'), async (c) => {
      const { id } = await findIssue(c, issues)
      await activity.unsubscribe(id, accountOf(c))
      return c.body(null, 204)
    })
