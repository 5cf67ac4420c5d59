import { Hono } from 'hono'
import { IngestSettings } from '../ingest/ingest-settings.ts'
import type { IngestSettingsStore } from '../ports/ingest-settings.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { valid } from './valid.ts'

/** What a project masks, filters and limits as it takes events in. */
export const ingestSettingsRoutes = ({ ingestSettings }: { ingestSettings: IngestSettingsStore }) =>
  new Hono<ApiEnv>()
    .get('/projects/:org/:project/ingest-settings/', authorize('project:read'), async (c) =>
      c.json(await ingestSettings.get(c.var.project.id)),
    )
    .put(
      '/projects/:org/:project/ingest-settings/',
      authorize('project:write'),
      valid('json', IngestSettings),
      async (c) => {
        await ingestSettings.set(c.var.project.id, c.req.valid('json'))
        return c.json(c.req.valid('json'))
      },
    )
