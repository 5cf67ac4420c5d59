import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import type { Projects } from './reach.ts'

/** Projects by slug or ID. sentry-cli sends names of digits alone as numbers (checked with 3.8, 2026-11). */
export const ProjectNames = v.pipe(
  v.array(v.pipe(v.union([v.string(), v.number()]), v.transform(String))),
  v.maxLength(100),
)

/** The projects of an organization that a request names; answers 400 for one that is not there. */
export const findProjects = async (
  projects: Projects,
  organizationId: number,
  names: readonly string[],
): Promise<{ id: number; slug: string }[]> => {
  if (names.length === 0) return []
  const all = await projects.projects(organizationId)
  return [...new Set(names)].map((name) => {
    const found = all.find(({ id, slug }) => slug === name || String(id) === name)
    if (!found)
      throw new HTTPException(400, {
        message: `There is no project ${JSON.stringify(name.slice(0, 100))} in this organization. Check --project.`,
      })
    return found
  })
}
