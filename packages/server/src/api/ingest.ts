import type { HttpBindings } from '@hono/node-server'
import type { IncomingMessage } from 'node:http'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { accept, type AcceptDeps, type Arrival } from '../ingest/accept.ts'
import { createBackpressure } from '../ingest/backpressure.ts'
import { parseEnvelopeBody, parseSecurityBody, parseStoreBody, type Parse } from '../ingest/parse.ts'
import { createProjectRules } from '../ingest/project-rules.ts'
import { createQuota } from '../ingest/quota.ts'
import { formatRateLimits, retryAfter, type RateLimit } from '../ingest/rate-limit.ts'
import { createReceive } from '../ingest/receive.ts'
import { isRefusal } from '../ingest/refusal.ts'
import { rememberBriefly } from '../ingest/remember-briefly.ts'
import type { Inbox } from '../ports/inbox.ts'
import type { GroupingSettingsStore } from '../ports/grouping-settings.ts'
import type { IngestSettingsStore } from '../ports/ingest-settings.ts'
import type { ErrorJson } from './shapes.ts'

export interface IngestDeps extends Pick<AcceptDeps, 'projects' | 'turnedAway' | 'now'> {
  inbox: Inbox
  ingestSettings: Pick<IngestSettingsStore, 'get'>
  groupingSettings: Pick<GroupingSettingsStore, 'get'>
  /** Bytes that the disk of the data folder has left. */
  freeBytes: () => Promise<number>
  /** Told when a request could not be written to the inbox. */
  onFailure: (error: unknown) => void
}

type IngestContext = Context<{ Bindings: HttpBindings }>

const EXPOSED = ['x-sentry-error', 'x-sentry-rate-limits', 'retry-after', 'x-foghorn-batch']

const preflight = cors({
  origin: '*',
  allowMethods: ['POST', 'GET', 'OPTIONS'],
  allowHeaders: [
    'x-sentry-auth',
    'x-requested-with',
    'x-forwarded-for',
    'origin',
    'referer',
    'accept',
    'content-type',
    'authentication',
    'authorization',
    'content-encoding',
    'transfer-encoding',
    'sentry-trace',
    'baggage',
  ],
  exposeHeaders: EXPOSED,
  maxAge: 3600,
})

/**
 * Without these on every answer, errors included, an SDK takes what was stored for lost, and cannot read its rate limits.
 * Set before there is an answer, because adding them to one makes a copy of it.
 */
const openToAll: MiddlewareHandler = (c, next) => {
  if (c.req.method !== 'POST') return preflight(c, next)
  c.header('access-control-allow-origin', '*')
  c.header('access-control-expose-headers', EXPOSED.join(','))
  return next()
}

const addressOf = (c: IngestContext): string => {
  // Requests made without a socket, by tests, have no address.
  const hasSocket = (c.env as Partial<HttpBindings> | undefined)?.incoming !== undefined
  return hasSocket ? (getConnInfo(c).remote.address ?? '') : ''
}

/** Read from the socket itself where there is one: the detour through a web stream costs more than all the rest. */
const bodyOf = (c: IngestContext): AsyncIterable<Uint8Array> | null => {
  const incoming = (c.env as Partial<HttpBindings> | undefined)?.incoming
  if (!incoming) return c.req.raw.body
  // Left open at the end, so that a body which is too large still gets its answer.
  return (incoming as IncomingMessage).iterator({ destroyOnReturn: false })
}

const toDeps = ({
  projects,
  inbox,
  turnedAway,
  ingestSettings,
  groupingSettings,
  freeBytes,
  now,
}: IngestDeps): AcceptDeps => {
  const rulesOf = createProjectRules({ ingestSettings, groupingSettings }, now)
  return {
    receive: createReceive(),
    inbox,
    projects: { findKey: rememberBriefly(projects.findKey, now) },
    backpressure: createBackpressure(inbox, freeBytes, now),
    rulesOf,
    quota: createQuota(rulesOf, now),
    turnedAway,
    now,
  }
}

const tellLimits = (c: IngestContext, limits: readonly RateLimit[]): void => {
  if (limits.length > 0) c.header('x-sentry-rate-limits', formatRateLimits(limits))
  const seconds = retryAfter(limits)
  if (seconds !== undefined) c.header('retry-after', String(seconds))
}

/** What our SDK may send: so many events in one envelope, and gzip without saying so. */
const TAKES = '100; gzip'

export const ingestRoutes = (given: IngestDeps) => {
  const deps = toDeps(given)
  const take = (parse: Parse) => async (c: IngestContext) => {
    const projectId = c.req.param('project')
    const arrival: Arrival = {
      url: c.req.url,
      headers: c.req.raw.headers,
      body: bodyOf(c),
      remoteAddress: addressOf(c),
      ...(projectId === undefined ? {} : { projectId }),
    }
    try {
      const answer = await accept(arrival, parse, deps)
      tellLimits(c, answer.limits)
      if (isRefusal(answer)) {
        c.header('x-sentry-error', answer.detail)
        return c.json({ detail: answer.detail } satisfies ErrorJson, answer.status)
      }
      c.header('x-foghorn-batch', TAKES)
      return c.json(answer.id === undefined ? {} : { id: answer.id })
    } catch (error) {
      given.onFailure(error)
      return c.json({ detail: 'The event could not be written to disk. Try again later.' } satisfies ErrorJson, 503)
    }
  }
  const app = new Hono<{ Bindings: HttpBindings }>()
  for (const path of ['/:project/envelope/', '/:project/store/', '/:project/security/', '/tunnel/'])
    app.use(path, openToAll)
  return app
    .post('/:project/envelope/', take(parseEnvelopeBody))
    .post('/:project/store/', take(parseStoreBody))
    .post('/:project/security/', take(parseSecurityBody))
    .post('/tunnel/', take(parseEnvelopeBody))
}
