import { timingSafeEqual } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono, type Context } from 'hono'
import { hashSecret } from '../accounts/secret.ts'
import type { Metrics } from './metrics.ts'

export interface HealthDeps {
  metrics: Metrics
  /** Bearer token that opens the metrics; without one, only this machine may read them. */
  metricsToken: string | undefined
  /** Rejects when a store does not answer. */
  checkStores: () => Promise<void>
  onFailure: (error: unknown) => void
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** A request that came through a proxy comes from anywhere, whatever its socket says. */
const isLocal = (c: Context): boolean => {
  const hasSocket = (c.env as Partial<HttpBindings> | undefined)?.incoming !== undefined
  const address = hasSocket ? (getConnInfo(c).remote.address ?? '') : ''
  return LOOPBACK.has(address) && !c.req.header('x-forwarded-for') && !c.req.header('forwarded')
}

const isRight = (header: string | undefined, token: string): boolean => {
  const given = /^Bearer (\S{1,300})$/i.exec(header ?? '')?.[1] ?? ''
  return timingSafeEqual(Buffer.from(hashSecret(given)), Buffer.from(hashSecret(token)))
}

const mayRead = (c: Context, token: string | undefined): boolean =>
  token === undefined ? isLocal(c) : isRight(c.req.header('authorization'), token)

/** Whether the process lives, whether it can work, and how it fares. */
export const healthRoutes = ({ metrics, metricsToken, checkStores, onFailure }: HealthDeps) =>
  new Hono()
    .get('/healthz', (c) => c.text('ok'))
    .get('/readyz', async (c) => {
      try {
        await checkStores()
        return c.text('ok')
      } catch (error) {
        onFailure(error)
        return c.text('The store does not answer. The log of the service tells why.', 503)
      }
    })
    .get('/metrics', async (c) => {
      if (!mayRead(c, metricsToken))
        return c.text('Metrics need the token of FOGHORN_METRICS_TOKEN, or a request from the same machine.', 401)
      return c.body(await metrics.render(), 200, { 'Content-Type': metrics.contentType })
    })
