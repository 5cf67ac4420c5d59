import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { actorKey } from '../accounts/actor.ts'
import type { TicketSystemStore } from '../ports/ticket-systems.ts'
import type { Ticket, TicketPlace, TicketStore } from '../ports/tickets.ts'
import type { OpenSystem } from '../tickets/open-system.ts'
import type { RemoteTicket } from '../tickets/ticket-system.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { findIssue, missing, type IssueFinder } from './find-issue.ts'
import { invalidField } from './invalid-input.ts'
import { iso } from './issue-json.ts'
import type { TicketJson } from './ticket-shapes.ts'
import { valid } from './valid.ts'

export interface TicketDeps {
  tickets: TicketStore
  ticketSystems: Pick<TicketSystemStore, 'find' | 'target'>
  issues: IssueFinder
  openSystem: OpenSystem
}

const NewTicket = v.object({
  /** ID of a connected ticket system. */
  system: v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'must be the ID of a ticket system')),
  /** Key or address of a ticket that is there already. Without it one is made. */
  ticket: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2000))),
})

const ticketJson = ({ id, system, key, url, title, state, problem, createdAt }: Ticket): TicketJson => ({
  id: String(id),
  system: { ...system, id: String(system.id) },
  key,
  url: url === '' ? null : url,
  title,
  state,
  problem: problem === '' ? null : problem,
  dateCreated: iso(createdAt),
})

const TAKEN = 'The issue has a ticket in this system already. Unlink that one first.'

const taken = (): never => {
  throw new HTTPException(409, { message: TAKEN })
}

const findRemote = async (
  { systemId, reference }: { systemId: number; reference: string },
  { ticketSystems, openSystem }: TicketDeps,
): Promise<RemoteTicket> => {
  const target = (await ticketSystems.target(systemId)) ?? missing('What is secret of the ticket system')
  const system = openSystem(target)
  const key = system.keyOf(reference)
  if (key === undefined)
    throw invalidField('ticket', 'This is neither a key nor an address of a ticket of this system.')
  const found = await system.read(key)
  if (found.status !== 'done') throw invalidField('ticket', `The ticket system answered: ${found.answer}`)
  if (found.value === undefined || found.value === 'unchanged')
    throw invalidField('ticket', `The ticket system has no ticket ${key}, or its token may not see it.`)
  return found.value
}

/** Tickets of an issue: what it has in other systems. */
export const ticketRoutes = (deps: TicketDeps) => {
  const { tickets, ticketSystems, issues } = deps
  const path = '/organizations/:org/issues/:issue/tickets/'

  const placeOf = async (c: Context<ApiEnv>, system: string): Promise<TicketPlace> => {
    const issue = await findIssue(c, issues)
    const found = await ticketSystems.find(c.var.organization.id, Number(system))
    if (!found) throw invalidField('system', 'The organization has no ticket system of that ID.')
    return { systemId: found.id, issueId: issue.id, projectId: issue.projectId, by: actorKey(c.var.actor!) }
  }

  return new Hono<ApiEnv>()
    .get(path, authorize('event:read'), async (c) =>
      c.json((await tickets.list((await findIssue(c, issues)).id)).map(ticketJson)),
    )
    .post(path, authorize('event:write'), valid('json', NewTicket), async (c) => {
      const { system, ticket: reference } = c.req.valid('json')
      const place = await placeOf(c, system)
      const isDone =
        reference === undefined
          ? await tickets.want(place)
          : await tickets.link(place, await findRemote({ systemId: place.systemId, reference }, deps))
      if (!isDone) taken()
      const all = await tickets.list(place.issueId)
      const made = all.find((one) => one.system.id === place.systemId && one.issueId === place.issueId)
      return c.json(ticketJson(made ?? missing('The ticket')), reference === undefined ? 202 : 201)
    })
    .delete(`${path}:ticket/`, authorize('event:write'), async (c) => {
      const issue = await findIssue(c, issues)
      const isGone = await tickets.unlink(issue.id, Number(c.req.param('ticket')), actorKey(c.var.actor!))
      return isGone ? c.body(null, 204) : missing('The ticket')
    })
}
