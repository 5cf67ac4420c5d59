import { Hono, type Context } from 'hono'
import * as v from 'valibot'
import type { ActivityStore } from '../ports/activity.ts'
import type { Issue } from '../ports/issues.ts'
import { activityJson, firstSeenJson } from './activity-json.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { findIssue, type IssueFinder } from './find-issue.ts'
import type { ActivityJson } from './life-shapes.ts'
import { nextLink } from './page-links.ts'
import { valid } from './valid.ts'

export interface FeedDeps {
  issues: IssueFinder
  activity: ActivityStore
}

const PAGE = 50

export const FeedQuery = v.object({ cursor: v.optional(v.string()) })

interface FeedPage {
  cursor?: string | undefined
  type?: string
}

/** A page of an issue's feed, newest first; the whole feed ends with how the issue began. */
export const readFeed = async (
  c: Context<ApiEnv>,
  { issue, page }: { issue: Issue; page: FeedPage },
  activity: ActivityStore,
): Promise<ActivityJson[]> => {
  const { activity: entries, next } = await activity.list(issue.id, { limit: PAGE, ...page })
  c.header('Link', nextLink(c.req.url, next))
  const isWhole = next === undefined && page.type === undefined
  return [...entries.map(activityJson), ...(isWhole ? [firstSeenJson(issue)] : [])]
}

export const feedRoutes = ({ issues, activity }: FeedDeps) =>
  new Hono<ApiEnv>().get(
    '/organizations/:org/issues/:issue/activities/',
    authorize('event:read'),
    valid('query', FeedQuery),
    async (c) => {
      const issue = await findIssue(c, issues)
      return c.json({ activity: await readFeed(c, { issue, page: c.req.valid('query') }, activity) })
    },
  )
