import type { HttpBindings } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono, type Context } from 'hono'
import { cors } from 'hono/cors'
import { accept, parseEnvelopeBody, parseStoreBody, type AcceptDeps } from '../ingest/accept.ts'
import { isRefusal } from '../ingest/refusal.ts'
import type { ErrorJson } from './shapes.ts'

export interface IngestDeps extends AcceptDeps {
  /** Told when a request could not be written to the inbox. */
  onFailure: (error: unknown) => void
}

type IngestContext = Context<{ Bindings: HttpBindings }>

// Without these on every answer, errors included, an SDK takes what was stored for lost, and cannot read its rate limits.
const openToAll = cors({
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
  exposeHeaders: ['x-sentry-error', 'x-sentry-rate-limits', 'retry-after'],
  maxAge: 3600,
})

const addressOf = (c: IngestContext): string => {
  // Requests made without a socket, by tests, have no address.
  const hasSocket = (c.env as Partial<HttpBindings> | undefined)?.incoming !== undefined
  return hasSocket ? (getConnInfo(c).remote.address ?? '') : ''
}

export const ingestRoutes = (deps: IngestDeps) => {
  const take = (parse: typeof parseEnvelopeBody) => async (c: IngestContext) => {
    const arrival = { request: c.req.raw, projectId: c.req.param('project') ?? '', remoteAddress: addressOf(c) }
    try {
      const answer = await accept(arrival, parse, deps)
      if (!isRefusal(answer)) return c.json(answer)
      c.header('x-sentry-error', answer.detail)
      return c.json({ detail: answer.detail } satisfies ErrorJson, answer.status)
    } catch (error) {
      deps.onFailure(error)
      return c.json({ detail: 'The event could not be written to disk. Try again later.' } satisfies ErrorJson, 503)
    }
  }
  return new Hono<{ Bindings: HttpBindings }>()
    .use('/:project/envelope/', openToAll)
    .use('/:project/store/', openToAll)
    .post('/:project/envelope/', take(parseEnvelopeBody))
    .post('/:project/store/', take(parseStoreBody))
}
