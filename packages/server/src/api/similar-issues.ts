import { Hono } from 'hono'
import type { SimilarIssues } from '../ports/similar-issues.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { findIssue, type IssueFinder } from './find-issue.ts'
import { issueJson } from './issue-json.ts'
import type { SimilarIssueJson } from './shapes.ts'

export interface SimilarIssueDeps {
  issues: IssueFinder
  similarIssues: SimilarIssues
  publicUrl: () => string
}

export const similarIssueRoutes = ({ issues, similarIssues, publicUrl }: SimilarIssueDeps) =>
  new Hono<ApiEnv>().get('/organizations/:org/issues/:issue/similar/', authorize('event:read'), async (c) => {
    const { id } = await findIssue(c, issues)
    const place = { origin: publicUrl(), organization: c.var.organization.slug }
    const found: SimilarIssueJson[] = []
    for (const { issueId, score, shared } of await similarIssues.of(id)) {
      const issue = await issues.find(issueId)
      if (issue && issue.id !== id) found.push([issueJson(issue, place), { score, shared }])
    }
    return c.json(found)
  })
