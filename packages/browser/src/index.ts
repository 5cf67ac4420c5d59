export {
  addBreadcrumb,
  addSource,
  captureException,
  captureMessage,
  close,
  flush,
  lastEventId,
  setContext,
  setExtra,
  setExtras,
  setTag,
  setTags,
  setUser,
  start,
  stats,
} from './api.ts'
export type { CaptureContext, Stats } from './api.ts'
export { consoleCrumbs } from './breadcrumbs/console.ts'
export { domCrumbs } from './breadcrumbs/dom.ts'
export { fetchCrumbs } from './breadcrumbs/fetch.ts'
export { historyCrumbs } from './breadcrumbs/history.ts'
export { pageStateCrumbs } from './breadcrumbs/page-state.ts'
export { resourceCrumbs } from './breadcrumbs/resources.ts'
export { websocketCrumbs } from './breadcrumbs/websocket.ts'
export { xhrCrumbs } from './breadcrumbs/xhr.ts'
export { cspViolations } from './capture/csp-violations.ts'
export { failedResources } from './capture/failed-resources.ts'
export { uncaughtErrors } from './capture/uncaught-errors.ts'
export { unhandledRejections } from './capture/unhandled-rejections.ts'
export { defaultSources } from './default-sources.ts'
export { captureFeedback, captureUserFeedback } from './feedback.ts'
export type { Feedback, UserFeedback } from './feedback.ts'
export { frameErrors } from './frames.ts'
export { init } from './init.ts'
export { showReportDialog } from './report-dialog.ts'
export type { ReportDialogOptions } from './report-dialog.ts'
export type { Hint, Options, ScopeData, Tags } from './options.ts'
export { captureSession, endSession, startSession } from './session-control.ts'
export { getScope, withScope } from './scope.ts'
export type { Scope } from './scope.ts'
export type { Emit, Signal, Source, Stop } from './source.ts'
export type { Breadcrumb, ClientEvent, Level, User } from '@foghorn/protocol'
