import type { Breadcrumb, ClientEvent, Level, User } from '@foghorn/protocol'
import type { Source } from './source.ts'

export type Tags = Record<string, string | number | boolean>

/** What a scope holds, and what `captureException` accepts as its second argument. */
export interface ScopeData {
  user?: User | undefined
  tags?: Tags
  extra?: Record<string, unknown>
  contexts?: Record<string, Record<string, unknown> | undefined>
  level?: Level
  fingerprint?: string[]
}

/** What the hooks get beside the event or breadcrumb. */
export interface Hint {
  /** The value that was thrown, as it was: read it, do not change it. */
  originalException?: unknown
}

export type Pattern = string | RegExp

export interface Options {
  /** Where events go and the key that lets them in. Without it nothing is captured. */
  dsn?: string
  /** An address of your own that passes envelopes on, for pages whose visitors block monitoring hosts. */
  tunnel?: string
  /**
   * Version of the page's code; ties events to uploaded source maps, commits and sessions. What a bundler plugin has
   * left in `SENTRY_RELEASE` when absent.
   */
  release?: string | undefined
  /** Tells builds of one release apart. */
  dist?: string
  /** Where the code runs. The service takes `production` when absent. */
  environment?: string
  /** Share of errors that are sent, 0 to 1. 1 when absent. */
  sampleRate?: number
  /** How many breadcrumbs an event carries. 100 when absent; 0 turns them off. */
  maxBreadcrumbs?: number
  /** Errors whose `type: message` contains one of these texts, or matches one of these expressions, are dropped. */
  ignoreErrors?: Pattern[]
  /** Only errors whose crash frame's address matches are sent. */
  allowUrls?: Pattern[]
  /** Errors whose crash frame's address matches are dropped. */
  denyUrls?: Pattern[]
  /** Events of this page per minute at most; the rest is counted. 30 when absent. */
  maxEventsPerMinute?: number
  /** User, tags, contexts and so on from the first moment. */
  initialScope?: ScopeData
  /** Sees each event last; returns it, changed or not, or null to drop it. A promise is waited for. */
  beforeSend?: (event: ClientEvent, hint: Hint) => ClientEvent | null | PromiseLike<ClientEvent | null>
  /** Sees each breadcrumb; returns it, changed or not, or null to drop it. */
  beforeBreadcrumb?: (crumb: Breadcrumb) => Breadcrumb | null
  /** Counts each page load as a session, for crash-free rates, unless it is left at once; needs a release. True when absent. */
  autoSessionTracking?: boolean
  /** Lets the service store the visitor's IP address. False when absent. */
  sendDefaultPii?: boolean
  /** Gives messages and thrown non-errors the stack of the call that captured them. False when absent. */
  attachStacktrace?: boolean
  /** Levels of nesting kept of extra data and contexts. 3 when absent. */
  normalizeDepth?: number
  /** Characters kept of each text. 1024 when absent. */
  maxValueLength?: number
  /** Makes the requests in place of `fetch`, with the same arguments and answer. */
  transport?: typeof fetch
  /** Tells in the console what becomes of each event; in development builds only. False when absent. */
  debug?: boolean
  /** False turns everything off. True when absent. */
  enabled?: boolean
  /** What is listened to; `defaultSources()` when absent. */
  sources?: Source[]
}
