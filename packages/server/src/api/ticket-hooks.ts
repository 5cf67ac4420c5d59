import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { TicketSystemStore } from '../ports/ticket-systems.ts'
import type { TicketStore } from '../ports/tickets.ts'
import type { OpenSystem } from '../tickets/open-system.ts'
import type { ApiEnv } from './api-env.ts'
import { readBytes } from './read-body.ts'

export interface TicketHookDeps {
  tickets: Pick<TicketStore, 'hear'>
  ticketSystems: Pick<TicketSystemStore, 'target'>
  openSystem: OpenSystem
  now: () => number
}

const BODY_BYTES = 2 * 1024 * 1024

/** The keys that the request proves to know of. Whether there is such a system is nobody's business. */
const keysHeard = async (c: Context<ApiEnv>, { ticketSystems, openSystem, now }: TicketHookDeps) => {
  const id = c.req.param('system') ?? ''
  const target = /^\d{1,15}$/.test(id) ? await ticketSystems.target(Number(id)) : undefined
  const body = await readBytes(c.req, BODY_BYTES)
  const hook = { headers: c.req.header(), query: c.req.query(), body, now: now() }
  return target && openSystem(target).hear(hook)
}

/** Where ticket systems tell that something has changed. */
export const ticketHookRoutes = (deps: TicketHookDeps) =>
  new Hono<ApiEnv>().post('/ticket-hooks/:system/', async (c) => {
    const keys = await keysHeard(c, deps)
    if (!keys) throw new HTTPException(401, { message: 'The request is not signed as this ticket system signs.' })
    await deps.tickets.hear(Number(c.req.param('system')), keys)
    return c.body(null, 202)
  })
