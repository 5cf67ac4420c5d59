import { HTTPException } from 'hono/http-exception'
import type { Issue, IssueStore } from '../ports/issues.ts'
import type { ProjectStore } from '../ports/projects.ts'

export const missing = (what: string): never => {
  throw new HTTPException(404, { message: `${what} does not exist` })
}

export interface FindIssueDeps {
  issues: Pick<IssueStore, 'find'>
  projects: Pick<ProjectStore, 'projectById'>
}

/** The issue of a path. One of another organization does not exist. */
export const findIssue = async (
  id: string | undefined,
  organizationId: number,
  deps: FindIssueDeps,
): Promise<Issue> => {
  const issue = id !== undefined && /^\d{1,15}$/.test(id) ? await deps.issues.find(Number(id)) : undefined
  const project = issue && (await deps.projects.projectById(issue.projectId))
  return issue && project?.organizationId === organizationId ? issue : missing('The issue')
}
