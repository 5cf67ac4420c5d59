import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { actorKey } from '../accounts/actor.ts'
import type { Activity, ActivityStore, NewComment } from '../ports/activity.ts'
import type { Issue } from '../ports/issues.ts'
import { activityJson } from './activity-json.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { FeedQuery, readFeed, type FeedDeps } from './feed.ts'
import { findIssue, missing } from './find-issue.ts'
import { valid } from './valid.ts'

const Comment = v.object({
  text: v.pipe(
    v.string('must be a text'),
    v.trim(),
    v.nonEmpty('must not be empty'),
    v.maxLength(20_000, 'must be at most 20000 characters'),
  ),
})

const commentOn = (issue: Issue, c: Context<ApiEnv>, text: string): NewComment => ({
  issueId: issue.id,
  projectId: issue.projectId,
  organizationId: c.var.organization.id,
  text,
  by: actorKey(c.var.actor!),
})

const isAuthor = ({ actor }: Activity, c: Context<ApiEnv>): boolean =>
  actorKey(c.var.actor!) === (actor?.type === 'user' ? `user:${actor.person.id}` : `token:${actor?.name}`)

/** The path's comment, if it is the asker's own. */
const ownComment = async (c: Context<ApiEnv>, issue: Issue, activity: ActivityStore): Promise<Activity> => {
  const id = c.req.param('comment') ?? ''
  const found = /^\d{1,15}$/.test(id) ? await activity.find(issue.id, Number(id)) : undefined
  if (found?.type !== 'note') return missing('The comment')
  if (!isAuthor(found, c)) throw new HTTPException(403, { message: 'Only who wrote a comment may change it.' })
  return found
}

const routesAt = (path: string, { issues, activity }: FeedDeps) =>
  new Hono<ApiEnv>()
    .get(path, authorize('event:read'), valid('query', FeedQuery), async (c) => {
      const page = { ...c.req.valid('query'), type: 'note' }
      return c.json(await readFeed(c, { issue: await findIssue(c, issues), page }, activity))
    })
    .post(path, authorize('event:write'), valid('json', Comment), async (c) => {
      const comment = commentOn(await findIssue(c, issues), c, c.req.valid('json').text)
      return c.json(activityJson(await activity.addComment(comment)), 201)
    })
    .put(`${path}:comment/`, authorize('event:write'), valid('json', Comment), async (c) => {
      const issue = await findIssue(c, issues)
      const { id, issueId } = await ownComment(c, issue, activity)
      const comment = { ...commentOn(issue, c, c.req.valid('json').text), issueId }
      return c.json(activityJson(await activity.changeComment(id, comment)))
    })
    .delete(`${path}:comment/`, authorize('event:write'), async (c) => {
      const { id } = await ownComment(c, await findIssue(c, issues), activity)
      await activity.removeComment(id)
      return c.body(null, 204)
    })

/** What people write about an issue. Sentry knows it by both names. */
export const commentRoutes = (deps: FeedDeps) =>
  new Hono<ApiEnv>()
    .route('/', routesAt('/organizations/:org/issues/:issue/comments/', deps))
    .route('/', routesAt('/organizations/:org/issues/:issue/notes/', deps))
