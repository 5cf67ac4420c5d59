import * as v from 'valibot'
import { DEFAULT_INGEST_SETTINGS, IngestSettings } from '../../ingest/ingest-settings.ts'
import type { IngestSettingsStore } from '../../ports/ingest-settings.ts'
import type { MainDatabase } from './database.ts'

export const sqlIngestSettingsStore = (db: MainDatabase): IngestSettingsStore => ({
  get: async (projectId) => {
    const row = await db
      .selectFrom('ingest_settings')
      .select('settings')
      .where('project_id', '=', projectId)
      .executeTakeFirst()
    return row ? v.parse(IngestSettings, JSON.parse(row.settings)) : DEFAULT_INGEST_SETTINGS
  },
  set: async (projectId, settings) => {
    const text = JSON.stringify(settings)
    await db
      .insertInto('ingest_settings')
      .values({ project_id: projectId, settings: text })
      .onConflict((conflict) => conflict.column('project_id').doUpdateSet({ settings: text }))
      .execute()
  },
})
