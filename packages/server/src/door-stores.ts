import type { PostgresSettings } from './adapters/postgres/connect.ts'
import { checkDatabase } from './adapters/sql/database.ts'
import { sqlGroupingSettings } from './adapters/sql/grouping-settings.ts'
import { sqlIngestSettingsStore } from './adapters/sql/ingest-settings-store.ts'
import { sqlProjectStore } from './adapters/sql/project-store.ts'
import { chooseDatabase } from './choose-database.ts'
import type { Stores } from './stores.ts'

/** What the door asks for. */
export type DoorStores = Pick<Stores, 'projects' | 'ingestSettings' | 'groupingSettings' | 'check' | 'close'>

/** Opens the door's part of the store. Neither makes a schema nor waits for an answer: the door may be there first. */
export const openDoorStores = async (data: string, postgres: PostgresSettings | undefined): Promise<DoorStores> => {
  const db = await chooseDatabase(data, postgres)
  return {
    projects: sqlProjectStore(db, Date.now),
    ingestSettings: sqlIngestSettingsStore(db),
    groupingSettings: sqlGroupingSettings(db, Date.now),
    check: () => checkDatabase(db),
    close: () => db.destroy(),
  }
}
