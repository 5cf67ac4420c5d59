import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Issue, IssueStore } from '../ports/issues.ts'
import type { ApiEnv } from './api-env.ts'

export const missing = (what: string): never => {
  throw new HTTPException(404, { message: `${what} does not exist` })
}

export type IssueFinder = Pick<IssueStore, 'find'>

/** An issue by its ID, that of the path unless another is named. One out of the asker's reach does not exist. */
export const findIssue = async (
  c: Context<ApiEnv>,
  issues: IssueFinder,
  id: string | undefined = c.req.param('issue'),
): Promise<Issue> => {
  const issue = id !== undefined && /^\d{1,15}$/.test(id) ? await issues.find(Number(id)) : undefined
  return issue && (await c.var.projects.projectById(issue.projectId)) ? issue : missing('The issue')
}
