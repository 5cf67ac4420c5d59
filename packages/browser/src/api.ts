import type { Breadcrumb, Level, User } from '@foghorn/protocol'
import { createClient, type Client } from './client.ts'
import { isDev } from './dev.ts'
import { normalize } from './enrich/normalize.ts'
import { guard } from './guard.ts'
import { checkOptions } from './options-check.ts'
import type { Options, ScopeData, Tags } from './options.ts'
import { createScope, getScope, type Scope } from './scope.ts'
import { endpointOf } from './send/dsn.ts'
import type { Signal, Source } from './source.ts'

const CRUMB_DEPTH = 4
const CRUMB_CHARS = 1024

let client: Client | undefined

/** The client that `start` made, if any. @internal */
export const currentClient = (): Client | undefined => client

/** Starts capturing with exactly these sources; `init` is this with the usual ones. */
export const start = (options: Options, sources: () => Source[]): void => {
  if (isDev()) checkOptions(options)
  getScope().update(options.initialScope ?? {})
  if (client) return void Object.assign(client.options, options)
  if (typeof window === 'undefined' || options.enabled === false) return
  const endpoint = endpointOf(options.dsn, options.tunnel)
  if (!endpoint) return
  client = createClient({
    // Where the bundler plugins leave it: SENTRY_RELEASE, the name that they share with Sentry's.
    options: { release: (globalThis as { SENTRY_RELEASE?: { id?: string } }).SENTRY_RELEASE?.id, ...options },
    endpoint,
    sources: [options.sources ?? sources()].flat(),
    scope: () => getScope().data,
  })
}

/** A part of a scope, or a function that changes a copy of it. */
export type CaptureContext = ScopeData | ((scope: Scope) => void)

const contextOf = (context: CaptureContext | undefined): ScopeData => {
  if (!context) return getScope().data
  const scope = createScope(getScope().data)
  if (typeof context === 'function') context(scope)
  else scope.update(context)
  return scope.data
}

const capture = (signal: Signal, context: CaptureContext | undefined): string =>
  guard(() => client?.capture(signal, contextOf(context)))() ?? ''

const traceOf = (): string | undefined => (client?.options.attachStacktrace ? new Error().stack : undefined)

/**
 * Reports an error, or any other thrown value, that the page has caught.
 * Gives the event's ID; an empty text when it was not taken: not started, filtered, sampled out, reported before.
 */
export const captureException = (error: unknown, context?: CaptureContext): string =>
  capture({ value: error, by: 'generic', handled: true, trace: traceOf() }, context)

/** Reports a text. The level is `info` unless given, here or by the scope. */
export const captureMessage = (message: string, context?: Level | CaptureContext): string => {
  const given = typeof context === 'string' ? { level: context } : context
  return capture({ event: { message }, trace: traceOf() }, given)
}

/** Starts one more source, such as web vitals, when the client runs already. */
export const addSource = (source: Source): void => client?.add(source)

/** Leaves a breadcrumb of the page's own. */
export const addBreadcrumb = (crumb: Breadcrumb): void =>
  guard(() => client?.crumb(normalize(crumb, CRUMB_DEPTH, CRUMB_CHARS) as Breadcrumb))()

/** Says who uses the page; null forgets. */
export const setUser = (user: User | null): void => void getScope().setUser(user)

/** Marks events with a value that they can be searched by. */
export const setTag = (key: string, value: Tags[string]): void => void getScope().setTag(key, value)

export const setTags = (tags: Tags): void => void getScope().setTags(tags)

/** Adds data that is shown with events. */
export const setExtra = (key: string, value: unknown): void => void getScope().setExtra(key, value)

export const setExtras = (extras: Record<string, unknown>): void => void getScope().setExtras(extras)

/** Adds a named block of data; null removes it. */
export const setContext = (name: string, context: Record<string, unknown> | null): void =>
  void getScope().setContext(name, context)

/** ID of the last event that was taken, captured by hand or not. */
export const lastEventId = (): string | undefined => client?.lastId

/** Sends what waits. True when all of it has arrived within the time, in milliseconds. */
export const flush = async (timeoutMs = 2000): Promise<boolean> => {
  await Promise.race([client?.drain(), new Promise((resolve) => setTimeout(resolve, timeoutMs))])
  return !client?.stats().waiting
}

/** Flushes, stops listening and gives the page back what was patched. */
export const close = async (timeoutMs = 2000): Promise<boolean> => {
  const done = await flush(timeoutMs)
  client?.stop()
  client = undefined
  return done
}

/** What happened to everything that was captured. */
export interface Stats {
  /** Handed to the buffer. */
  accepted: number
  /** Known to have arrived, what earlier pages left included. */
  sent: number
  /** Not known to have arrived. */
  waiting: number
  /** When the service last took something, in milliseconds since 1970. */
  lastSentAt?: number
  /** Dropped or merged, by reason. */
  dropped: Record<string, number>
}

/** What happened to everything captured so far: for the console and for tests. */
export const stats = (): Stats => ({
  accepted: client?.accepted ?? 0,
  ...(client?.stats() ?? { sent: 0, waiting: 0 }),
  dropped: { ...client?.ledger.counts },
})
