import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createBuilder } from '@foghorn/symbolicate/worker'
import { sql } from 'kysely'
import { fsBlobStore } from './adapters/fs/blob-store.ts'
import { sqlAccountStore } from './adapters/sql/account-store.ts'
import { sqlArtifactRecords } from './adapters/sql/artifact-records.ts'
import { migrate, openMainDatabase, type MainDatabase } from './adapters/sql/database.ts'
import { sqlEventStore } from './adapters/sql/event-store.ts'
import { sqlIssueStore } from './adapters/sql/issue-store.ts'
import { sqlOutcomeStore } from './adapters/sql/outcome-store.ts'
import { sqlProjectStore } from './adapters/sql/project-store.ts'
import { sqlReleaseStore } from './adapters/sql/releases.ts'
import { sqlSettings, type Settings } from './adapters/sql/settings.ts'
import { createArtifacts, type Artifacts } from './artifacts/artifacts.ts'
import type { AccountStore } from './ports/accounts.ts'
import type { BlobStore } from './ports/artifact-store.ts'
import type { EventStore } from './ports/events.ts'
import type { IssueStore } from './ports/issues.ts'
import type { OutcomeStore } from './ports/outcomes.ts'
import type { ProjectStore } from './ports/projects.ts'
import type { ReleaseStore } from './ports/releases.ts'

/** Everything below the data folder that is not the inbox. */
export interface Stores extends Artifacts {
  accounts: AccountStore
  projects: ProjectStore
  events: EventStore
  issues: IssueStore
  outcomes: OutcomeStore
  releases: ReleaseStore
  blobs: BlobStore
  settings: Settings
  /** Rejects when the main store does not answer. */
  check(): Promise<void>
  close(): Promise<void>
}

export const inboxFile = (data: string): string => join(data, 'inbox.db')

const over = (db: MainDatabase, data: string): Stores => {
  const blobs = fsBlobStore(join(data, 'artifacts'))
  const builder = createBuilder()
  const records = sqlArtifactRecords(db, Date.now)
  return {
    ...createArtifacts({ blobs, records, build: builder.build, now: Date.now }),
    accounts: sqlAccountStore(db, Date.now),
    projects: sqlProjectStore(db, Date.now),
    events: sqlEventStore(db),
    issues: sqlIssueStore(db),
    outcomes: sqlOutcomeStore(db),
    releases: sqlReleaseStore(db, Date.now),
    blobs,
    settings: sqlSettings(db),
    check: async () => void (await sql`select 1`.execute(db)),
    close: async () => {
      await builder.close()
      await db.destroy()
    },
  }
}

/** Opens the embedded stores, making the folder and bringing the schema up to date where that is needed. */
export const openStores = async (data: string): Promise<Stores> => {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const db = openMainDatabase(join(data, 'foghorn.db'))
  await migrate(db)
  return over(db, data)
}
