import { createBuilder } from '@foghorn/symbolicate/worker'
import { sql } from 'kysely'
import { fsBlobStore } from './adapters/fs/blob-store.ts'
import { sqlAccountStore } from './adapters/sql/account-store.ts'
import { sqlArtifactBundles } from './adapters/sql/artifact-bundles.ts'
import { sqlArtifactRecords } from './adapters/sql/artifact-records.ts'
import { sqlAuditLog } from './adapters/sql/audit-log.ts'
import { openMainDatabase, type MainDatabase } from './adapters/sql/database.ts'
import { sqlEventStore } from './adapters/sql/event-store.ts'
import { sqlFeedbackStore } from './adapters/sql/feedback-store.ts'
import { sqlFrameStore } from './adapters/sql/frame-store.ts'
import { sqlFigureStore } from './adapters/sql/figure-store.ts'
import { sqlIngestSettingsStore } from './adapters/sql/ingest-settings-store.ts'
import { sqlGroupingRules } from './adapters/sql/grouping-rules.ts'
import { sqlIssueStore } from './adapters/sql/issue-store.ts'
import { sqlOutcomeStore } from './adapters/sql/outcome-store.ts'
import { sqlMerges } from './adapters/sql/merges.ts'
import { sqlPersonalData } from './adapters/sql/personal-data.ts'
import { sqlProjectStore } from './adapters/sql/project-store.ts'
import { sqlRegrouping } from './adapters/sql/regrouping.ts'
import { sqlReleaseStore } from './adapters/sql/releases.ts'
import { sqlRetentionStore } from './adapters/sql/retention-store.ts'
import { sqlSettings, type Settings } from './adapters/sql/settings.ts'
import { forgetDeadLetters } from './adapters/sqlite/forget-dead-letters.ts'
import { createArtifacts, type Artifacts } from './artifacts/artifacts.ts'
import { sqlTeamStore } from './adapters/sql/team-store.ts'
import { artifactsFolder, inboxFile, mainFile } from './data-folder.ts'
import type { AccountStore } from './ports/accounts.ts'
import type { AuditLog } from './ports/audit.ts'
import type { ArtifactBundles } from './ports/artifact-bundles.ts'
import type { ArtifactRecords, BlobStore } from './ports/artifact-store.ts'
import type { EventStore } from './ports/events.ts'
import type { FeedbackStore } from './ports/feedback.ts'
import type { FigureStore } from './ports/figures.ts'
import type { IngestSettingsStore } from './ports/ingest-settings.ts'
import type { FrameStore } from './ports/frames.ts'
import type { GroupingRulesStore } from './ports/grouping-rules.ts'
import type { IssueStore } from './ports/issues.ts'
import type { Merges } from './ports/merges.ts'
import type { OutcomeStore } from './ports/outcomes.ts'
import type { PersonalData } from './ports/personal-data.ts'
import type { ProjectStore } from './ports/projects.ts'
import type { Regrouping } from './ports/regrouping.ts'
import type { ReleaseStore } from './ports/releases.ts'
import type { RetentionStore } from './ports/retention.ts'
import type { TeamStore } from './ports/teams.ts'
import { upgrade } from './upgrade.ts'

/** Everything below the data folder that is not the inbox. */
export interface Stores extends Artifacts {
  accounts: AccountStore
  projects: ProjectStore
  events: EventStore
  feedback: FeedbackStore
  frames: FrameStore
  groupingRules: GroupingRulesStore
  issues: IssueStore
  merges: Merges
  regrouping: Regrouping
  outcomes: OutcomeStore
  releases: ReleaseStore
  blobs: BlobStore
  artifactBundles: ArtifactBundles
  artifactIndexes: Pick<ArtifactRecords, 'indexState'>
  audit: AuditLog
  teams: TeamStore
  retention: RetentionStore
  personalData: PersonalData
  settings: Settings
  ingestSettings: IngestSettingsStore
  figures: FigureStore
  /** Rejects when the main store does not answer. */
  check(): Promise<void>
  close(): Promise<void>
}

export interface StoreLimits {
  /** Bytes of scripts and maps that a project may keep. Default: no bound. */
  artifactBytes?: number
  /** Origins whose public maps are fetched when none was uploaded. Default: none. */
  fetchMapsFrom?: readonly string[]
}

const over = (
  db: MainDatabase,
  data: string,
  { artifactBytes = Infinity, fetchMapsFrom = [] }: StoreLimits,
): Stores => {
  const blobs = fsBlobStore(artifactsFolder(data))
  const builder = createBuilder()
  const records = sqlArtifactRecords(db, Date.now)
  const artifactBundles = sqlArtifactBundles(db, Date.now)
  const artifacts = createArtifacts({
    blobs,
    records,
    bundles: artifactBundles,
    build: builder.build,
    quotaBytes: artifactBytes,
    fetchFrom: fetchMapsFrom,
    now: Date.now,
  })
  return {
    ...artifacts,
    artifactBundles,
    artifactIndexes: records,
    accounts: sqlAccountStore(db, Date.now),
    projects: sqlProjectStore(db, Date.now),
    events: sqlEventStore(db, Date.now),
    frames: sqlFrameStore(db),
    feedback: sqlFeedbackStore(db),
    groupingRules: sqlGroupingRules(db),
    issues: sqlIssueStore(db),
    merges: sqlMerges(db, Date.now),
    regrouping: sqlRegrouping(db, Date.now),
    outcomes: sqlOutcomeStore(db),
    releases: sqlReleaseStore(db, Date.now),
    blobs,
    audit: sqlAuditLog(db, Date.now),
    teams: sqlTeamStore(db, Date.now),
    retention: sqlRetentionStore(db),
    personalData: sqlPersonalData(db, (...person) => forgetDeadLetters(inboxFile(data), ...person), Date.now),
    settings: sqlSettings(db),
    ingestSettings: sqlIngestSettingsStore(db),
    figures: sqlFigureStore(db),
    check: async () => void (await sql`select 1`.execute(db)),
    close: async () => {
      await artifacts.mapUse.flush()
      await builder.close()
      await db.destroy()
    },
  }
}

/** Opens the embedded stores, making the folder and bringing the schema up to date where that is needed. */
export const openStores = async (data: string, limits: StoreLimits = {}): Promise<Stores> => {
  await upgrade(data)
  return over(openMainDatabase(mainFile(data)), data, limits)
}
