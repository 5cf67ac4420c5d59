import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { LogIn } from './accounts/log-in.ts'
import type { ApiEnv } from './api/api-env.ts'
import { artifactBundleRoutes } from './api/artifact-bundles.ts'
import { identify } from './api/authorize.ts'
import { chunkUploadRoutes } from './api/chunk-upload.ts'
import { eventRoutes } from './api/events.ts'
import { ingestRoutes } from './api/ingest.ts'
import { issueRoutes } from './api/issues.ts'
import { projectRoutes } from './api/projects.ts'
import { releaseRoutes } from './api/releases.ts'
import { sessionRoutes } from './api/session.ts'
import { setupRoutes } from './api/setup.ts'
import type { ErrorJson } from './api/shapes.ts'
import { sourceMapCheckRoutes } from './api/source-map-check.ts'
import type { Assemble } from './artifacts/assemble.ts'
import type { FindMap } from './ingest/symbolicate.ts'
import type { Asset } from './pages/assets.ts'
import { dashboardRoutes } from './pages/dashboard.ts'
import { sdkScriptRoutes } from './pages/sdk-script.ts'
import type { AccountStore } from './ports/accounts.ts'
import type { BlobStore } from './ports/artifact-store.ts'
import type { EventStore } from './ports/events.ts'
import type { Inbox } from './ports/inbox.ts'
import type { IssueStore } from './ports/issues.ts'
import type { ProjectStore } from './ports/projects.ts'
import type { ReleaseStore } from './ports/releases.ts'

export interface AppDeps {
  accounts: AccountStore
  projects: ProjectStore
  issues: IssueStore
  events: EventStore
  releases: ReleaseStore
  blobs: BlobStore
  assemble: Assemble
  findMap: FindMap
  inbox: Inbox
  logIn: LogIn
  dashboard: ReadonlyMap<string, Asset>
  sdk: ReadonlyMap<string, Asset>
  /** Origin under which browsers and people reach the service. */
  publicUrl: () => string
  now: () => number
  /** Told of failures that are ours, not the caller's. */
  onFailure: (error: unknown) => void
  /** Rejects when a store does not answer. */
  checkStores: () => Promise<void>
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
    .route('/', issueRoutes(deps))
    .route('/', eventRoutes(deps))
    .route('/', chunkUploadRoutes(deps))
    .route('/', artifactBundleRoutes(deps))
    .route('/', releaseRoutes(deps))
    .route('/', sourceMapCheckRoutes(deps))

const healthRoutes = (deps: AppDeps) =>
  new Hono()
    .get('/healthz', (c) => c.text('ok'))
    .get('/readyz', async (c) => {
      await deps.checkStores()
      return c.text('ok')
    })

/** The service's routes over what it is handed; it opens nothing itself. */
export const createApp = (deps: AppDeps) => {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.route('/', healthRoutes(deps))
  app.get('/api/0/', (c) => c.json({ version: '0', user: null, auth: { scopes: [] } }))
  app.route('/api/0', managementRoutes(deps))
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
