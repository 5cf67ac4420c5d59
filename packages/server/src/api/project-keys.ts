import { formatDsn } from '@foghorn/protocol'
import { Hono } from 'hono'
import * as v from 'valibot'
import type { ProjectKey, ProjectStore } from '../ports/projects.ts'
import type { AuditLog } from '../ports/audit.ts'
import type { ApiEnv } from './api-env.ts'
import { note } from './audit.ts'
import { authorize } from './authorize.ts'
import { missing } from './find-issue.ts'
import { iso } from './issue-json.ts'
import { Name } from './projects.ts'
import type { ProjectKeyJson } from './shapes.ts'
import { valid } from './valid.ts'

export interface ProjectKeyDeps {
  projects: ProjectStore
  audit: AuditLog
  publicUrl: () => string
}

const NewKey = v.object({ name: v.optional(Name) })
const KeyChange = v.object({
  name: v.optional(Name),
  /** Clients with a key that is switched off are refused. */
  isActive: v.optional(v.boolean('must be true or false')),
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

const keyJson = (key: ProjectKey, publicUrl: string): ProjectKeyJson => ({
  id: key.publicKey,
  name: key.name,
  public: key.publicKey,
  dsn: { public: dsnOf(key, publicUrl) },
  dateCreated: iso(key.createdAt),
  isActive: key.active,
})

/** The keys that a project's clients send with. */
export const projectKeyRoutes = ({ projects, publicUrl, audit }: ProjectKeyDeps) => {
  const find = async (projectId: number, publicKey: string): Promise<ProjectKey> =>
    (await projects.keys(projectId)).find((key) => key.publicKey === publicKey) ?? missing('The key')
  return new Hono<ApiEnv>()
    .get('/projects/:org/:project/keys/', authorize('project:read'), async (c) =>
      c.json((await projects.keys(c.var.project.id)).map((key) => keyJson(key, publicUrl()))),
    )
    .post('/projects/:org/:project/keys/', authorize('project:write'), valid('json', NewKey), async (c) => {
      const { id, slug } = c.var.project
      const key = await projects.addKey(id, c.req.valid('json').name ?? 'Another key')
      await note(audit, c, { action: 'key.create', target: `${slug}: ${key.name}` })
      return c.json(keyJson(key, publicUrl()), 201)
    })
    .put('/projects/:org/:project/keys/:key/', authorize('project:write'), valid('json', KeyChange), async (c) => {
      const { id, slug } = c.var.project
      const { name, isActive } = c.req.valid('json')
      const before = await find(id, c.req.param('key'))
      await projects.changeKey(before.id, { name, active: isActive })
      const key = await find(id, before.publicKey)
      await note(audit, c, { action: 'key.edit', target: `${slug}: ${key.name}, ${key.active ? 'on' : 'off'}` })
      return c.json(keyJson(key, publicUrl()))
    })
}
