import { Hono } from 'hono'
import * as v from 'valibot'
import type { TagStore } from '../ports/tags.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { ProjectIds, projectsOf } from './issue-list.ts'
import type { TagValueJson } from './statistics-shapes.ts'
import { valid } from './valid.ts'
import type { TagKeyJson } from './view-shapes.ts'

const ValuesQuery = v.object({
  project: ProjectIds,
  query: v.optional(v.pipe(v.string(), v.maxLength(200)), ''),
})

/** What a search for issues can be completed with: tags of the issues that were seen last. */
export const tagRoutes = ({ tags }: { tags: TagStore }) =>
  new Hono<ApiEnv>()
    .get(
      '/organizations/:org/tags/',
      authorize('event:read'),
      valid('query', v.object({ project: ProjectIds })),
      async (c) => {
        const keys = await tags.keys(await projectsOf(c, c.req.valid('query').project))
        return c.json(keys.map((key): TagKeyJson => ({ key, name: key })))
      },
    )
    .get('/organizations/:org/tags/:key/values/', authorize('event:read'), valid('query', ValuesQuery), async (c) => {
      const { project, query: text } = c.req.valid('query')
      const key = c.req.param('key')
      const values = await tags.values({ projectIds: await projectsOf(c, project), key, text })
      return c.json(values.map(({ value, count }): TagValueJson => ({ key, name: value, value, count })))
    })
