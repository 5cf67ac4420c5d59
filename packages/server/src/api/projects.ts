import { formatDsn } from '@foghorn/protocol'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import type { Project, ProjectKey, ProjectStore } from '../ports/projects.ts'
import type { AuditLog } from '../ports/audit.ts'
import type { ApiEnv } from './api-env.ts'
import { note } from './audit.ts'
import { authorize } from './authorize.ts'
import { iso } from './issue-json.ts'
import type { ProjectJson, ProjectKeyJson } from './shapes.ts'
import { valid } from './valid.ts'

export interface ProjectDeps {
  projects: ProjectStore
  audit: AuditLog
  publicUrl: () => string
}

/** Part of addresses and of `org/project` on the command line. */
export const Slug = v.pipe(
  v.string(),
  v.regex(
    /^(?!\d+$)[a-z\d][a-z\d_-]{0,49}$/,
    'must be small letters, digits, dashes and underscores, not only digits, and at most 50',
  ),
)

const NewProject = v.object({
  slug: Slug,
  name: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100))),
})

/** The DSN of a key. Its host is where people reach the service. */
export const dsnOf = (key: ProjectKey, publicUrl: string): string => {
  const { protocol, host } = new URL(publicUrl)
  return formatDsn({
    protocol: protocol === 'https:' ? 'https' : 'http',
    publicKey: key.publicKey,
    host,
    path: '',
    projectId: String(key.projectId),
  })
}

const projectJson = (project: Project): ProjectJson => ({
  id: String(project.id),
  slug: project.slug,
  name: project.name,
  platform: project.platform,
  dateCreated: iso(project.createdAt),
})

const keyJson = (key: ProjectKey, publicUrl: string): ProjectKeyJson => ({
  id: key.publicKey,
  name: key.name,
  public: key.publicKey,
  dsn: { public: dsnOf(key, publicUrl) },
  dateCreated: iso(key.createdAt),
  isActive: key.active,
})

export const projectRoutes = ({ projects, publicUrl, audit }: ProjectDeps) =>
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
    .get('/projects/:org/:project/keys/', authorize('project:read'), async (c) =>
      c.json((await projects.keys(c.var.project.id)).map((key) => keyJson(key, publicUrl()))),
    )
