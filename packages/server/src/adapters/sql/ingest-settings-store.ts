import type { Transaction } from 'kysely'
import * as v from 'valibot'
import { DEFAULT_INGEST_SETTINGS, IngestSettings } from '../../ingest/ingest-settings.ts'
import type { IngestSettingsStore } from '../../ports/ingest-settings.ts'
import type { MainDatabase } from './main-database.ts'
import type { Tables } from './tables.ts'

const get = async (db: MainDatabase | Transaction<Tables>, projectId: number): Promise<IngestSettings> => {
  const row = await db
    .selectFrom('ingest_settings')
    .select('settings')
    .where('project_id', '=', projectId)
    .executeTakeFirst()
  return row ? v.parse(IngestSettings, JSON.parse(row.settings)) : DEFAULT_INGEST_SETTINGS
}

export const sqlIngestSettingsStore = (db: MainDatabase): IngestSettingsStore => ({
  get: (projectId) => get(db, projectId),
  change: (projectId, changes) =>
    db.transaction().execute(async (transaction) => {
      const settings = v.parse(IngestSettings, { ...(await get(transaction, projectId)), ...changes })
      const text = JSON.stringify(settings)
      await transaction
        .insertInto('ingest_settings')
        .values({ project_id: projectId, settings: text })
        .onConflict((conflict) => conflict.column('project_id').doUpdateSet({ settings: text }))
        .execute()
      return settings
    }),
})
