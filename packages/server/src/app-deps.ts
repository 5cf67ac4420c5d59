import type { LogIn } from './accounts/log-in.ts'
import type { SignOn } from './accounts/sign-on.ts'
import type { ChannelDeps } from './api/channels.ts'
import type { IngestDeps } from './api/ingest.ts'
import type { MemberDeps } from './api/members.ts'
import type { PersonalDataDeps } from './api/personal-data.ts'
import type { RetentionDeps } from './api/retention.ts'
import type { TicketSystemDeps } from './api/ticket-systems.ts'
import type { Assemble } from './artifacts/assemble.ts'
import type { FindMap } from './ingest/symbolicate.ts'
import type { HealthDeps } from './metrics/routes.ts'
import type { Asset } from './pages/assets.ts'
import type { AccountStore } from './ports/accounts.ts'
import type { AlertRuleStore } from './ports/alert-rules.ts'
import type { AlertStore } from './ports/alerts.ts'
import type { ChannelStore } from './ports/channels.ts'
import type { OccasionStore } from './ports/occasions.ts'
import type { ReadingStore } from './ports/readings.ts'
import type { Outbox } from './ports/outbox.ts'
import type { Vault } from './vault.ts'
import type { ActivityStore } from './ports/activity.ts'
import type { ArtifactBundles } from './ports/artifact-bundles.ts'
import type { ArtifactRecords, BlobStore } from './ports/artifact-store.ts'
import type { DeadLetters } from './ports/dead-letters.ts'
import type { EventSearch } from './ports/event-search.ts'
import type { EventStore } from './ports/events.ts'
import type { FeedbackStore } from './ports/feedback.ts'
import type { FigureStore } from './ports/figures.ts'
import type { HintFacts } from './ports/hint-facts.ts'
import type { Inbox } from './ports/inbox.ts'
import type { IngestSettingsStore } from './ports/ingest-settings.ts'
import type { GroupingSettingsStore } from './ports/grouping-settings.ts'
import type { Live } from './live/live.ts'
import type { IssueChanges } from './ports/issue-changes.ts'
import type { IssueSearch } from './ports/issue-search.ts'
import type { IssueStore } from './ports/issues.ts'
import type { MapGaps } from './ports/map-gaps.ts'
import type { Merges } from './ports/merges.ts'
import type { OutcomeStore } from './ports/outcomes.ts'
import type { OwnershipStore } from './ports/ownership.ts'
import type { ProjectStore } from './ports/projects.ts'
import type { Regrouping } from './ports/regrouping.ts'
import type { SimilarIssues } from './ports/similar-issues.ts'
import type { Triage } from './ports/triage.ts'
import type { ReleaseFigures } from './ports/release-figures.ts'
import type { ReleaseStore, RepositoryStore } from './ports/releases.ts'
import type { SavedViewStore } from './ports/saved-views.ts'
import type { SourceLinkStore } from './ports/source-links.ts'
import type { StatisticsStore } from './ports/statistics.ts'
import type { TicketSystemStore } from './ports/ticket-systems.ts'
import type { TicketStore } from './ports/tickets.ts'
import type { TagStore } from './ports/tags.ts'

/** What the API and the pages are handed. */
export interface WebDeps extends RetentionDeps, PersonalDataDeps, MemberDeps {
  accounts: AccountStore
  alertRules: AlertRuleStore
  alerts: AlertStore
  channels: ChannelStore
  occasions: OccasionStore
  readings: ReadingStore
  outbox: Outbox
  deliver: ChannelDeps['deliver']
  extensions: ChannelDeps['extensions']
  tickets: TicketStore
  ticketSystems: TicketSystemStore
  openSystem: TicketSystemDeps['openSystem']
  vault: Vault
  projects: ProjectStore
  groupingSettings: GroupingSettingsStore
  issues: IssueStore
  triage: Triage
  activity: ActivityStore
  ownership: OwnershipStore
  similarIssues: SimilarIssues
  savedViews: SavedViewStore
  sourceLinks: SourceLinkStore
  tags: TagStore
  hintFacts: HintFacts
  issueSearch: IssueSearch
  issueChanges: IssueChanges
  live: Live
  statistics: StatisticsStore
  merges: Merges
  regrouping: Regrouping
  events: EventStore
  eventSearch: EventSearch
  feedback: FeedbackStore
  releases: ReleaseStore
  releaseFigures: ReleaseFigures
  repositories: RepositoryStore
  blobs: BlobStore
  assemble: Assemble
  artifactBundles: ArtifactBundles
  artifactIndexes: Pick<ArtifactRecords, 'indexState'>
  findMap: FindMap
  mapGaps: MapGaps
  inbox: Inbox
  ingestSettings: IngestSettingsStore
  deadLetters: DeadLetters
  figures: FigureStore
  outcomes: OutcomeStore
  logIn: LogIn
  /** Absent where the operator has set up none. */
  signOn: SignOn | undefined
  dashboard: ReadonlyMap<string, Asset>
  docs: ReadonlyMap<string, Asset>
  sdk: ReadonlyMap<string, Asset>
  widget: ReadonlyMap<string, Asset>
  /** Origin under which browsers and people reach the service. */
  publicUrl: () => string
  now: () => number
  /** Told of failures that are ours, not the caller's. */
  onFailure: (error: unknown) => void
}

/** What the routes are handed: health for every process, the others for those that have the role. */
export interface AppParts {
  health: HealthDeps
  ingest?: IngestDeps | undefined
  web?: WebDeps | undefined
}
