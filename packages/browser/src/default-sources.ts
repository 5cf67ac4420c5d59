import { consoleCrumbs } from './breadcrumbs/console.ts'
import { domCrumbs } from './breadcrumbs/dom.ts'
import { fetchCrumbs } from './breadcrumbs/fetch.ts'
import { historyCrumbs } from './breadcrumbs/history.ts'
import { pageStateCrumbs } from './breadcrumbs/page-state.ts'
import { websocketCrumbs } from './breadcrumbs/websocket.ts'
import { xhrCrumbs } from './breadcrumbs/xhr.ts'
import { cspViolations } from './capture/csp-violations.ts'
import { failedResources } from './capture/failed-resources.ts'
import { uncaughtErrors } from './capture/uncaught-errors.ts'
import { unhandledRejections } from './capture/unhandled-rejections.ts'
import type { Source } from './source.ts'

/** What `init` listens to when `sources` is absent. */
export const defaultSources = (): Source[] => [
  uncaughtErrors(),
  unhandledRejections(),
  failedResources(),
  cspViolations(),
  consoleCrumbs(),
  domCrumbs(),
  fetchCrumbs(),
  xhrCrumbs(),
  historyCrumbs(),
  websocketCrumbs(),
  pageStateCrumbs(),
]
