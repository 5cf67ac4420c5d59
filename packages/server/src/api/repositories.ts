import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import type { RepositoryStore } from '../ports/releases.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { repositoryJson } from './release-json.ts'
import { valid } from './valid.ts'

const NewRepository = v.object({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(250)),
  url: v.nullish(
    v.pipe(v.string(), v.maxLength(2048), v.regex(/^https?:\/\//, 'must begin with http:// or https://')),
    null,
  ),
})

/** Repositories that commits come from. Commits of releases make them; here they get an address, for links. */
export const repositoryRoutes = ({ repositories }: { repositories: RepositoryStore }) =>
  new Hono<ApiEnv>()
    .get('/organizations/:org/repos/', authorize('project:read'), async (c) =>
      c.json((await repositories.list(c.var.organization.id)).map(repositoryJson)),
    )
    .post('/organizations/:org/repos/', authorize('project:releases'), valid('json', NewRepository), async (c) =>
      c.json(repositoryJson(await repositories.save(c.var.organization.id, c.req.valid('json'))), 201),
    )
    .delete('/organizations/:org/repos/:repository/', authorize('project:releases'), async (c) => {
      const id = Number(c.req.param('repository'))
      if (!Number.isSafeInteger(id) || !(await repositories.remove(c.var.organization.id, id)))
        throw new HTTPException(404, { message: 'There is no such repository.' })
      return c.body(null, 204)
    })
