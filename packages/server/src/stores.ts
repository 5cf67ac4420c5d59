import { createBuilder } from '@foghorn/symbolicate/worker'
import { sqlActivityStore } from './adapters/sql/activity-store.ts'
import { sqlAccountStore } from './adapters/sql/account-store.ts'
import { sqlAlertRules } from './adapters/sql/alert-rules.ts'
import { sqlAlerts } from './adapters/sql/alerts.ts'
import { sqlArtifactBundles } from './adapters/sql/artifact-bundles.ts'
import { sqlArtifactRecords } from './adapters/sql/artifact-records.ts'
import { sqlAuditLog } from './adapters/sql/audit-log.ts'
import { sqlChannels } from './adapters/sql/channels.ts'
import { checkDatabase } from './adapters/sql/database.ts'
import type { MainDatabase } from './adapters/sql/main-database.ts'
import { differencesOf } from './adapters/sql/differences.ts'
import { sqlEventStore } from './adapters/sql/event-store.ts'
import { sqlFeedbackStore } from './adapters/sql/feedback-store.ts'
import { sqlIdentityStore } from './adapters/sql/identity-store.ts'
import { sqlFrameStore } from './adapters/sql/frame-store.ts'
import { sqlIngestSettingsStore } from './adapters/sql/ingest-settings-store.ts'
import { sqlGroupingSettings } from './adapters/sql/grouping-settings.ts'
import { sqlIssueChanges } from './adapters/sql/issue-changes.ts'
import { sqlIssueSearch } from './adapters/sql/issue-search.ts'
import { sqlIssueStore } from './adapters/sql/issue-store.ts'
import { sqlOccasions } from './adapters/sql/occasions.ts'
import { sqlOutbox } from './adapters/sql/outbox.ts'
import { sqlOutcomeStore } from './adapters/sql/outcome-store.ts'
import { sqlMerges } from './adapters/sql/merges.ts'
import { sqlOwnershipStore } from './adapters/sql/ownership-store.ts'
import { sqlPersonalData } from './adapters/sql/personal-data.ts'
import { sqlProjectStore } from './adapters/sql/project-store.ts'
import { sqlReadings } from './adapters/sql/reading-store.ts'
import { sqlRegrouping } from './adapters/sql/regrouping.ts'
import { sqlReleaseStore } from './adapters/sql/releases.ts'
import { sqlRepositoryStore } from './adapters/sql/repositories.ts'
import { sqlRetentionStore } from './adapters/sql/retention-store.ts'
import { sqlSavedViews } from './adapters/sql/saved-views.ts'
import { sqlSourceLinks } from './adapters/sql/source-links.ts'
import { sqlSimilarIssues } from './adapters/sql/similar-issues.ts'
import { sqlSettings } from './adapters/sql/settings.ts'
import { createArtifacts } from './artifacts/artifacts.ts'
import { sqlStatistics } from './adapters/sql/statistics-store.ts'
import { sqlTeamStore } from './adapters/sql/team-store.ts'
import { sqlTicketSystems } from './adapters/sql/ticket-systems.ts'
import { sqlTicketWork } from './adapters/sql/ticket-work.ts'
import { sqlTickets } from './adapters/sql/tickets.ts'
import { sqlTriage } from './adapters/sql/triage.ts'
import type { NatsSettings } from './adapters/nats/connect.ts'
import type { PostgresSettings } from './adapters/postgres/connect.ts'
import { askingStores } from './asking-stores.ts'
import { chooseDatabases, type Databases } from './choose-database.ts'
import { chooseInbox, forgettingLetters, nameOfInbox } from './choose-inbox.ts'
import { chooseBlobs, type CachedBucket } from './choose-blobs.ts'
import type { ArtifactRecords, BlobStore } from './ports/artifact-store.ts'
import { upgrade } from './upgrade.ts'
import { openVault, type Vault } from './vault.ts'

export interface StoreOptions {
  /** Bytes of scripts and maps that a project may keep. Default: no bound. */
  artifactBytes?: number
  /** Origins whose public maps are fetched when none was uploaded. Default: none. */
  fetchMapsFrom?: readonly string[]
  /** Where the main store is. Default: in the data folder. */
  postgres?: PostgresSettings | undefined
  /** Where uploaded files lie. Default: in the data folder. */
  bucket?: CachedBucket | undefined
  /** Where the inbox is, and its dead letters. Default: in the data folder. */
  nats?: NatsSettings | undefined
  /** Seals secrets of channels. Default: a key that the data folder keeps. */
  secretKey?: string | undefined
  /** Milliseconds since 1970. Default: the machine's clock. */
  now?: () => number
}

/** What issues are, what people do with them, and how they are found. */
const issueStores = (db: MainDatabase, now: () => number) => ({
  issues: sqlIssueStore(db),
  triage: sqlTriage(db, now),
  activity: sqlActivityStore(db, now),
  ownership: sqlOwnershipStore(db, now),
  similarIssues: sqlSimilarIssues(db),
  issueSearch: sqlIssueSearch(db),
  issueChanges: sqlIssueChanges(db),
  merges: sqlMerges(db, now),
  savedViews: sqlSavedViews(db),
  sourceLinks: sqlSourceLinks(db),
})

/** What is deployed, and how it does. */
const releaseStores = (db: MainDatabase, now: () => number) => ({
  releases: sqlReleaseStore(db, now),
  repositories: sqlRepositoryStore(db, now),
})

/** What is told to people and to systems of others. */
const outwardStores = (db: MainDatabase, vault: Vault, now: () => number) => ({
  alertRules: sqlAlertRules(db, now),
  alerts: sqlAlerts(db, now),
  channels: sqlChannels(db, vault, now),
  occasions: sqlOccasions(db),
  readings: sqlReadings(db, now),
  outbox: sqlOutbox(db, now),
  tickets: sqlTickets(db, now),
  ticketSystems: sqlTicketSystems(db, vault, now),
  ticketWork: sqlTicketWork(db, now),
})

type Chosen = StoreOptions & { blobs: BlobStore }

const over = (
  { db, replica }: Databases,
  data: string,
  { blobs, postgres, nats, artifactBytes = Infinity, fetchMapsFrom = [], secretKey, now = Date.now }: Chosen,
) => {
  const vault = openVault(data, secretKey)
  const builder = createBuilder()
  const records = sqlArtifactRecords(db, now)
  const artifactIndexes: Pick<ArtifactRecords, 'indexState'> = records
  const artifactBundles = sqlArtifactBundles(db, now)
  const artifacts = createArtifacts({
    blobs,
    records,
    bundles: artifactBundles,
    build: builder.build,
    quotaBytes: artifactBytes,
    fetchFrom: fetchMapsFrom,
    now,
  })
  return {
    ...artifacts,
    artifactBundles,
    artifactIndexes,
    accounts: sqlAccountStore(db, now),
    identities: sqlIdentityStore(db, now),
    projects: sqlProjectStore(db, now),
    events: sqlEventStore(db, now, nameOfInbox(data, { postgres, nats })),
    frames: sqlFrameStore(db),
    feedback: sqlFeedbackStore(db),
    groupingSettings: sqlGroupingSettings(db, now),
    vault,
    ...outwardStores(db, vault, now),
    ...issueStores(db, now),
    ...askingStores(replica ?? db),
    regrouping: sqlRegrouping(db, now),
    outcomes: sqlOutcomeStore(db),
    ...releaseStores(db, now),
    blobs,
    audit: sqlAuditLog(db, now),
    teams: sqlTeamStore(db, now),
    retention: sqlRetentionStore(db),
    personalData: sqlPersonalData(db, forgettingLetters(chooseInbox(data, nats)), now),
    settings: sqlSettings(db),
    ingestSettings: sqlIngestSettingsStore(db),
    statistics: sqlStatistics(db),
    /** False while the main store is elsewhere and cannot be asked. */
    isAnswering: () => differencesOf(db).isAnswering(db),
    /** Rejects when the main store does not answer. */
    check: () => checkDatabase(db),
    close: async () => {
      await artifacts.mapUse.flush()
      await builder.close()
      await replica?.destroy()
      await db.destroy()
    },
  }
}

/** Everything below the data folder that is not the inbox. */
export type Stores = ReturnType<typeof over>

/** Opens the stores, making the folder and bringing the schema up to date where that is needed. */
export const openStores = async (data: string, options: StoreOptions = {}): Promise<Stores> => {
  await upgrade(data, options.postgres, options.now?.())
  const databases = await chooseDatabases(data, options.postgres)
  const blobs = await chooseBlobs(data, databases.db, options)
  return over(databases, data, { ...options, blobs })
}
