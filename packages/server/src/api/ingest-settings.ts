import { Hono } from 'hono'
import * as v from 'valibot'
import { IngestSettings, IngestSettingsChange } from '../ingest/ingest-settings.ts'
import { maskedBefore, maskedPlaces } from '../ingest/masked-places.ts'
import { createScrub, type Scrub } from '../ingest/scrub.ts'
import type { AuditLog } from '../ports/audit.ts'
import type { EventSearch } from '../ports/event-search.ts'
import type { IngestSettingsStore } from '../ports/ingest-settings.ts'
import type { StoredEvent } from '../stored-event.ts'
import type { ApiEnv } from './api-env.ts'
import { note } from './audit.ts'
import { authorize } from './authorize.ts'
import type { ScrubbingPreviewJson } from './ingest-shapes.ts'
import { iso } from './issue-json.ts'
import { valid } from './valid.ts'

export interface IngestSettingsDeps {
  ingestSettings: IngestSettingsStore
  eventSearch: EventSearch
  audit: AuditLog
}

const Scrubbing = v.pick(IngestSettings, ['secretNames', 'safeNames', 'ipAddresses'])

const LOOKED_AT = 50

/** The newest event of which something more would be masked, else the newest. */
const preview = (events: readonly StoredEvent[], scrub: Scrub): ScrubbingPreviewJson => {
  const looked = events.map((event) => ({
    event,
    places: maskedPlaces(event.payload, scrub(event).payload),
  }))
  const changed = looked.filter(({ places }) => places.length > 0)
  const [shown] = changed.length > 0 ? changed : looked
  return {
    looked: looked.length,
    changed: changed.length,
    event: shown
      ? {
          id: shown.event.eventId,
          title: shown.event.headline.title,
          dateCreated: iso(shown.event.happenedAt),
          places: shown.places,
          masked: maskedBefore(shown.event.payload),
        }
      : null,
  }
}

/** What a project masks, filters and limits as it takes events in. */
export const ingestSettingsRoutes = ({ ingestSettings, eventSearch, audit }: IngestSettingsDeps) =>
  new Hono<ApiEnv>()
    .get('/projects/:org/:project/ingest-settings/', authorize('project:read'), async (c) =>
      c.json(await ingestSettings.get(c.var.project.id)),
    )
    .put(
      '/projects/:org/:project/ingest-settings/',
      authorize('project:write'),
      valid('json', IngestSettingsChange),
      async (c) => {
        const settings = await ingestSettings.change(c.var.project.id, c.req.valid('json'))
        await note(audit, c, { action: 'ingest.edit', target: c.var.project.slug })
        return c.json(settings)
      },
    )
    .post(
      '/projects/:org/:project/ingest-settings/preview/',
      authorize('event:read'),
      valid('json', Scrubbing),
      async (c) => {
        const page = await eventSearch.list({ of: { projectId: c.var.project.id }, limit: LOOKED_AT })
        return c.json(preview(page?.events ?? [], createScrub(c.req.valid('json'))))
      },
    )
