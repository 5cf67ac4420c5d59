import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { alertRuleRoutes } from './api/alert-rules.ts'
import { alertRoutes } from './api/alerts.ts'
import { channelRoutes } from './api/channels.ts'
import type { ApiEnv } from './api/api-env.ts'
import { artifactBundleRoutes } from './api/artifact-bundles.ts'
import { auditRoutes } from './api/audit.ts'
import { bulkIssueRoutes } from './api/bulk-issues.ts'
import { commentRoutes } from './api/comments.ts'
import { feedRoutes } from './api/feed.ts'
import { hintRoutes } from './api/hints.ts'
import { ownershipRoutes } from './api/ownership.ts'
import { similarIssueRoutes } from './api/similar-issues.ts'
import { identify } from './api/authorize.ts'
import { attachmentRoutes } from './api/attachments.ts'
import { chunkUploadRoutes } from './api/chunk-upload.ts'
import { deadLetterRoutes } from './api/dead-letters.ts'
import { eventRoutes } from './api/events.ts'
import { feedbackRoutes } from './api/feedback.ts'
import { figureRoutes } from './api/figures.ts'
import { ingestRoutes } from './api/ingest.ts'
import { ingestSettingsRoutes } from './api/ingest-settings.ts'
import { outcomeRoutes } from './api/outcomes.ts'
import { openApiRoutes } from './api/openapi/routes.ts'
import { issueFigureRoutes } from './api/issue-figures.ts'
import { issueListRoutes } from './api/issue-list.ts'
import { issueRoutes } from './api/issues.ts'
import { liveRoutes } from './api/live.ts'
import { memberRoutes } from './api/members.ts'
import { personalDataRoutes } from './api/personal-data.ts'
import { groupingRoutes } from './api/grouping.ts'
import { issueHashRoutes } from './api/issue-hashes.ts'
import { mergePreviewRoutes } from './api/merges.ts'
import { regroupingRoutes } from './api/regroupings.ts'
import { organizationRoutes } from './api/organizations.ts'
import { errorBudgetRoutes } from './api/error-budget.ts'
import { reportRoutes } from './api/report.ts'
import { statisticsRoutes } from './api/statistics.ts'
import { profileRoutes } from './api/profile.ts'
import { projectKeyRoutes } from './api/project-keys.ts'
import { projectRoutes } from './api/projects.ts'
import { releaseSummaryRoutes } from './api/release-summary.ts'
import { releaseRoutes } from './api/releases.ts'
import { repositoryRoutes } from './api/repositories.ts'
import { retentionRoutes } from './api/retention.ts'
import { savedViewRoutes } from './api/saved-views.ts'
import { sessionRoutes } from './api/session.ts'
import { setupRoutes } from './api/setup.ts'
import { sourceLinkRoutes } from './api/source-links.ts'
import { sourceLineRoutes } from './api/source-lines.ts'
import { tagRoutes } from './api/tags.ts'
import { signOnRoutes } from './api/sign-on.ts'
import type { ErrorJson } from './api/shapes.ts'
import { teamRoutes } from './api/teams.ts'
import { ticketHookRoutes } from './api/ticket-hooks.ts'
import { ticketSystemRoutes } from './api/ticket-systems.ts'
import { ticketRoutes } from './api/tickets.ts'
import { tokenRoutes } from './api/tokens.ts'
import { sourceMapCheckRoutes } from './api/source-map-check.ts'
import { healthRoutes, type HealthDeps } from './metrics/routes.ts'
import { dashboardRoutes } from './pages/dashboard.ts'
import { docsRoutes } from './pages/docs.ts'
import { errorPageRoutes } from './pages/error-page.ts'
import { sdkScriptRoutes } from './pages/sdk-script.ts'
import { secureAnswers } from './pages/secure-answers.ts'
import { unsubscribeRoutes } from './pages/unsubscribe.ts'
import type { AppParts, WebDeps } from './app-deps.ts'

const answerError =
  (onFailure: HealthDeps['onFailure']) =>
  (error: Error): Response => {
    if (error instanceof HTTPException && error.res) return error.res
    if (error instanceof HTTPException)
      return Response.json({ detail: error.message } satisfies ErrorJson, { status: error.status })
    onFailure(error)
    return Response.json(
      { detail: 'Something failed on our side. The log of the service tells what.' } satisfies ErrorJson,
      { status: 500 },
    )
  }

const nothingHere = (c: Context): Response =>
  c.json({ detail: `There is no ${c.req.method} ${c.req.path} here.` } satisfies ErrorJson, 404)

const managementRoutes = (deps: WebDeps) =>
  new Hono<ApiEnv>()
    // Uploaders cache answers on disk for as long as nothing forbids it.
    .use(async (c, next) => {
      await next()
      c.header('Cache-Control', 'no-store')
    })
    .use(identify(deps))
    .route('/', sessionRoutes(deps))
    .route('/', setupRoutes(deps))
    .route('/', signOnRoutes(deps))
    .route('/', profileRoutes(deps))
    .route('/', organizationRoutes(deps))
    .route('/', projectRoutes(deps))
    .route('/', projectKeyRoutes(deps))
    .route('/', mergePreviewRoutes(deps))
    .route('/', bulkIssueRoutes(deps))
    .route('/', feedRoutes(deps))
    .route('/', commentRoutes(deps))
    .route('/', ownershipRoutes(deps))
    .route('/', hintRoutes(deps))
    .route('/', similarIssueRoutes(deps))
    .route('/', issueHashRoutes(deps))
    .route('/', regroupingRoutes(deps))
    .route('/', groupingRoutes(deps))
    .route('/', issueListRoutes(deps))
    .route('/', savedViewRoutes(deps))
    .route('/', tagRoutes(deps))
    .route('/', sourceLinkRoutes(deps))
    .route('/', sourceLineRoutes(deps))
    .route('/', issueFigureRoutes(deps))
    .route('/', alertRuleRoutes(deps))
    .route('/', alertRoutes(deps))
    .route('/', channelRoutes(deps))
    .route('/', ticketSystemRoutes(deps))
    .route('/', ticketRoutes(deps))
    .route('/', ticketHookRoutes(deps))
    .route('/', issueRoutes(deps))
    .route('/', eventRoutes(deps))
    .route('/', deadLetterRoutes(deps))
    .route('/', figureRoutes(deps))
    .route('/', outcomeRoutes(deps))
    .route('/', statisticsRoutes(deps))
    .route('/', errorBudgetRoutes(deps))
    .route('/', reportRoutes(deps))
    .route('/', liveRoutes(deps))
    .route('/', ingestSettingsRoutes(deps))
    .route('/', feedbackRoutes(deps))
    .route('/', attachmentRoutes(deps))
    .route('/', chunkUploadRoutes(deps))
    .route('/', artifactBundleRoutes(deps))
    .route('/', releaseRoutes(deps))
    .route('/', releaseSummaryRoutes(deps))
    .route('/', repositoryRoutes(deps))
    .route('/', retentionRoutes(deps))
    .route('/', memberRoutes(deps))
    .route('/', teamRoutes(deps))
    .route('/', tokenRoutes(deps))
    .route('/', auditRoutes(deps))
    .route('/', personalDataRoutes(deps))
    .route('/', sourceMapCheckRoutes(deps))

/** What people and programs read and decide, and the pages for it. */
const webRoutes = (deps: WebDeps, routes: Parameters<typeof openApiRoutes>[1]) => {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.get('/api/0/', (c) => c.json({ version: '0', user: null, auth: { scopes: [] } }))
  app.route('/api', openApiRoutes(deps, routes))
  app.route('/api/0', managementRoutes(deps))
  app.route('/api/embed', errorPageRoutes(deps))
  // Clients of the API read JSON; the web app's page must never answer for it.
  app.all('/api/*', nothingHere)
  app.route('/unsubscribe', unsubscribeRoutes(deps))
  app.route('/js', sdkScriptRoutes(deps))
  app.route('/docs', docsRoutes(deps.docs))
  app.route('/', dashboardRoutes(deps.dashboard))
  return app
}

/** The service's routes over what it is handed, for the roles that the process has; it opens nothing itself. */
export const createApp = ({ health, ingest, web }: AppParts) => {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.use(health.metrics.observe)
  app.use(secureAnswers)
  app.route('/', healthRoutes(health))
  if (ingest) app.route('/api', ingestRoutes(ingest))
  if (web)
    app.route(
      '/',
      webRoutes(web, () => app.routes),
    )
  app.all('*', nothingHere)
  app.onError(answerError(health.onFailure))
  return app
}
