import { Hono, type Context } from 'hono'
import type { Issue, IssueStore } from '../ports/issues.ts'
import { activityJson, firstSeenJson, personJson } from './activity-json.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { changeIssues, type ChangeIssuesDeps } from './change-issues.ts'
import { findIssue } from './find-issue.ts'
import { issueJson } from './issue-json.ts'
import { IssueChange } from './issue-orders.ts'
import type { IssueDetailsJson } from './shapes.ts'
import { valid } from './valid.ts'

export interface IssueDeps extends ChangeIssuesDeps {
  issues: IssueStore
  publicUrl: () => string
}

const ENTRIES = 50

export const issueRoutes = (deps: IssueDeps) => {
  const { issues, activity, publicUrl } = deps

  const details = async (c: Context<ApiEnv>, issue: Issue): Promise<IssueDetailsJson> => {
    const [feed, participants] = await Promise.all([
      activity.list(issue.id, { limit: ENTRIES }),
      activity.participants(issue.id),
    ])
    return {
      ...issueJson(issue, { origin: publicUrl(), organization: c.var.organization.slug }),
      activity: [...feed.activity.map(activityJson), ...(feed.next === undefined ? [firstSeenJson(issue)] : [])],
      participants: participants.map(personJson),
      isSubscribed: participants.some(({ id }) => id === c.var.actor!.accountId),
    }
  }

  return new Hono<ApiEnv>()
    .get('/organizations/:org/issues/:issue/', authorize('event:read'), async (c) =>
      c.json(await details(c, await findIssue(c, issues))),
    )
    .put('/organizations/:org/issues/:issue/', authorize('event:write'), valid('json', IssueChange), async (c) => {
      const issue = await findIssue(c, issues)
      await changeIssues(c, { issueIds: [issue.id], change: c.req.valid('json') }, deps)
      return c.json(await details(c, (await issues.find(issue.id))!))
    })
    .get('/organizations/:org/issues/:issue/tags/', authorize('event:read'), async (c) => {
      const issue = await findIssue(c, issues)
      const tags = await issues.tags(issue.id)
      return c.json(tags.map(({ key, total, values }) => ({ key, totalValues: total, topValues: values })))
    })
}
