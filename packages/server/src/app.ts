import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { LogIn } from './accounts/log-in.ts'
import type { ApiEnv } from './api/api-env.ts'
import { artifactBundleRoutes } from './api/artifact-bundles.ts'
import { auditRoutes } from './api/audit.ts'
import { identify } from './api/authorize.ts'
import { attachmentRoutes } from './api/attachments.ts'
import { chunkUploadRoutes } from './api/chunk-upload.ts'
import { deadLetterRoutes } from './api/dead-letters.ts'
import { eventRoutes } from './api/events.ts'
import { feedbackRoutes } from './api/feedback.ts'
import { figureRoutes } from './api/figures.ts'
import { ingestRoutes } from './api/ingest.ts'
import { ingestSettingsRoutes } from './api/ingest-settings.ts'
import { issueRoutes } from './api/issues.ts'
import { memberRoutes, type MemberDeps } from './api/members.ts'
import { personalDataRoutes, type PersonalDataDeps } from './api/personal-data.ts'
import { groupingRulesRoutes } from './api/grouping-rules.ts'
import { issueHashRoutes } from './api/issue-hashes.ts'
import { mergeRoutes } from './api/merges.ts'
import { regroupingRoutes } from './api/regroupings.ts'
import { projectRoutes } from './api/projects.ts'
import { releaseRoutes } from './api/releases.ts'
import { retentionRoutes, type RetentionDeps } from './api/retention.ts'
import { sessionRoutes } from './api/session.ts'
import { setupRoutes } from './api/setup.ts'
import type { ErrorJson } from './api/shapes.ts'
import { teamRoutes } from './api/teams.ts'
import { tokenRoutes } from './api/tokens.ts'
import { sourceMapCheckRoutes } from './api/source-map-check.ts'
import type { Assemble } from './artifacts/assemble.ts'
import type { FindMap } from './ingest/symbolicate.ts'
import type { TurnedAwayCounter } from './ingest/turned-away.ts'
import { healthRoutes, type HealthDeps } from './metrics/routes.ts'
import type { Asset } from './pages/assets.ts'
import { dashboardRoutes } from './pages/dashboard.ts'
import { errorPageRoutes } from './pages/error-page.ts'
import { sdkScriptRoutes } from './pages/sdk-script.ts'
import type { AccountStore } from './ports/accounts.ts'
import type { ArtifactBundles } from './ports/artifact-bundles.ts'
import type { ArtifactRecords, BlobStore } from './ports/artifact-store.ts'
import type { DeadLetters } from './ports/dead-letters.ts'
import type { EventStore } from './ports/events.ts'
import type { FeedbackStore } from './ports/feedback.ts'
import type { FigureStore } from './ports/figures.ts'
import type { Inbox } from './ports/inbox.ts'
import type { IngestSettingsStore } from './ports/ingest-settings.ts'
import type { GroupingRulesStore } from './ports/grouping-rules.ts'
import type { IssueStore } from './ports/issues.ts'
import type { Merges } from './ports/merges.ts'
import type { OutcomeStore } from './ports/outcomes.ts'
import type { ProjectStore } from './ports/projects.ts'
import type { Regrouping } from './ports/regrouping.ts'
import type { ReleaseStore } from './ports/releases.ts'

export interface AppDeps extends RetentionDeps, PersonalDataDeps, MemberDeps, HealthDeps {
  accounts: AccountStore
  projects: ProjectStore
  groupingRules: GroupingRulesStore
  issues: IssueStore
  merges: Merges
  regrouping: Regrouping
  events: EventStore
  feedback: FeedbackStore
  releases: ReleaseStore
  blobs: BlobStore
  assemble: Assemble
  artifactBundles: ArtifactBundles
  artifactIndexes: Pick<ArtifactRecords, 'indexState'>
  findMap: FindMap
  inbox: Inbox
  ingestSettings: IngestSettingsStore
  deadLetters: DeadLetters
  figures: FigureStore
  outcomes: OutcomeStore
  turnedAway: TurnedAwayCounter
  /** Bytes that the disk of the data folder has left. */
  freeBytes: () => Promise<number>
  logIn: LogIn
  dashboard: ReadonlyMap<string, Asset>
  sdk: ReadonlyMap<string, Asset>
  widget: ReadonlyMap<string, Asset>
  /** Origin under which browsers and people reach the service. */
  publicUrl: () => string
  now: () => number
  /** Told of failures that are ours, not the caller's. */
  onFailure: (error: unknown) => void
}

const answerError =
  (onFailure: AppDeps['onFailure']) =>
  (error: Error): Response => {
    if (error instanceof HTTPException)
      return Response.json({ detail: error.message } satisfies ErrorJson, { status: error.status })
    onFailure(error)
    return Response.json(
      { detail: 'Something failed on our side. The log of the service tells what.' } satisfies ErrorJson,
      { status: 500 },
    )
  }

const managementRoutes = (deps: AppDeps) =>
  new Hono<ApiEnv>()
    // Uploaders cache answers on disk for as long as nothing forbids it.
    .use(async (c, next) => {
      await next()
      c.header('Cache-Control', 'no-store')
    })
    .use(identify(deps))
    .route('/', sessionRoutes(deps))
    .route('/', setupRoutes(deps))
    .route('/', projectRoutes(deps))
    .route('/', mergeRoutes(deps))
    .route('/', issueHashRoutes(deps))
    .route('/', regroupingRoutes(deps))
    .route('/', groupingRulesRoutes(deps))
    .route('/', issueRoutes(deps))
    .route('/', eventRoutes(deps))
    .route('/', deadLetterRoutes(deps))
    .route('/', figureRoutes(deps))
    .route('/', ingestSettingsRoutes(deps))
    .route('/', feedbackRoutes(deps))
    .route('/', attachmentRoutes(deps))
    .route('/', chunkUploadRoutes(deps))
    .route('/', artifactBundleRoutes(deps))
    .route('/', releaseRoutes(deps))
    .route('/', retentionRoutes(deps))
    .route('/', memberRoutes(deps))
    .route('/', teamRoutes(deps))
    .route('/', tokenRoutes(deps))
    .route('/', auditRoutes(deps))
    .route('/', personalDataRoutes(deps))
    .route('/', sourceMapCheckRoutes(deps))

/** The service's routes over what it is handed; it opens nothing itself. */
export const createApp = (deps: AppDeps) => {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.use(deps.metrics.observe)
  app.route('/', healthRoutes(deps))
  app.get('/api/0/', (c) => c.json({ version: '0', user: null, auth: { scopes: [] } }))
  app.route('/api/0', managementRoutes(deps))
  app.route('/api/embed', errorPageRoutes(deps))
  app.route('/api', ingestRoutes(deps))
  // Clients of the API read JSON; the web app's page must never answer for it.
  app.all('/api/*', (c) =>
    c.json({ detail: `There is no ${c.req.method} ${c.req.path} here.` } satisfies ErrorJson, 404),
  )
  app.route('/js', sdkScriptRoutes(deps))
  app.route('/', dashboardRoutes(deps.dashboard))
  app.onError(answerError(deps.onFailure))
  return app
}
