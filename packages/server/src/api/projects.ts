import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import type { Project, ProjectStore } from '../ports/projects.ts'
import type { ArtifactBundles } from '../ports/artifact-bundles.ts'
import type { AuditLog } from '../ports/audit.ts'
import type { ApiEnv } from './api-env.ts'
import { note } from './audit.ts'
import { authorize } from './authorize.ts'
import { iso } from './issue-json.ts'
import type { ProjectJson } from './shapes.ts'
import { valid } from './valid.ts'

export interface ProjectDeps {
  projects: ProjectStore
  artifactBundles: Pick<ArtifactBundles, 'list' | 'remove'>
  audit: AuditLog
}

/** Part of addresses and of `org/project` on the command line. */
export const Slug = v.pipe(
  v.string(),
  v.regex(
    /^(?!\d+$)[a-z\d][a-z\d_-]{0,49}$/,
    'must be small letters, digits, dashes and underscores, not only digits, and at most 50',
  ),
)

export const Name = v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'), v.maxLength(100))

const NewProject = v.object({ slug: Slug, name: v.optional(Name) })
const ProjectChange = v.object({ name: Name })
const Removal = v.object({ confirm: v.optional(v.string()) })

const projectJson = (project: Project): ProjectJson => ({
  id: String(project.id),
  slug: project.slug,
  name: project.name,
  platform: project.platform,
  dateCreated: iso(project.createdAt),
})

const BUNDLES_AT_ONCE = 100

const removeBundles = async (projectId: number, bundles: ProjectDeps['artifactBundles']): Promise<void> => {
  for (;;) {
    const some = await bundles.list(projectId, { limit: BUNDLES_AT_ONCE })
    if (some.length === 0) return
    await bundles.remove(
      projectId,
      some.map(({ id }) => id),
    )
  }
}

export const projectRoutes = ({ projects, artifactBundles, audit }: ProjectDeps) =>
  new Hono<ApiEnv>()
    .get('/organizations/:org/projects/', authorize('project:read'), async (c) =>
      c.json(
        (await c.var.projects.projects(c.var.organization.id)).map((project) => ({
          ...projectJson(project),
          team: null,
        })),
      ),
    )
    .post('/organizations/:org/projects/', authorize('project:write'), valid('json', NewProject), async (c) => {
      const { slug, name = slug } = c.req.valid('json')
      const created = await projects.create({ organizationId: c.var.organization.id, slug, name })
      if (!created)
        throw new HTTPException(400, { message: `A project with the slug ${slug} exists already. Choose another.` })
      await note(audit, c, { action: 'project.create', target: slug })
      return c.json(projectJson(created), 201)
    })
    .get('/projects/:org/:project/', authorize('project:read'), (c) => c.json(projectJson(c.var.project)))
    .put('/projects/:org/:project/', authorize('project:write'), valid('json', ProjectChange), async (c) => {
      const { name } = c.req.valid('json')
      await projects.rename(c.var.project.id, name)
      await note(audit, c, { action: 'project.edit', target: `${c.var.project.slug}: ${name}` })
      return c.json(projectJson({ ...c.var.project, name }))
    })
    .delete('/projects/:org/:project/', authorize('project:admin'), valid('query', Removal), async (c) => {
      const { id, slug } = c.var.project
      if (c.req.valid('query').confirm !== slug)
        throw new HTTPException(400, {
          message: `This deletes all that was stored of ${slug}. Repeat its slug: ?confirm=${slug}.`,
        })
      await removeBundles(id, artifactBundles)
      await projects.remove(id)
      await note(audit, c, { action: 'project.remove', target: slug })
      return c.body(null, 204)
    })
