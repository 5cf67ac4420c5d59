import { randomBytes } from 'node:crypto'
import { Hono, type Context } from 'hono'
import * as v from 'valibot'
import type { AuditLog } from '../ports/audit.ts'
import type { ConnectedSystem, TicketSystemStore } from '../ports/ticket-systems.ts'
import type { OpenSystem } from '../tickets/open-system.ts'
import { Reactions } from '../tickets/reactions.ts'
import { TicketTarget } from '../tickets/target.ts'
import type { ApiEnv } from './api-env.ts'
import { note } from './audit.ts'
import { authorize } from './authorize.ts'
import { missing } from './find-issue.ts'
import { iso } from './issue-json.ts'
import type { NewTicketSystemJson, TicketSystemJson } from './ticket-shapes.ts'
import { valid } from './valid.ts'

export interface TicketSystemDeps {
  ticketSystems: TicketSystemStore
  openSystem: OpenSystem
  audit: AuditLog
  publicUrl: () => string
}

const SECRET_BYTES = 32

const NewSystem = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
  target: TicketTarget,
  reactions: v.optional(Reactions, {}),
})

/** What is absent stays as it is. */
const SystemChange = v.object({
  name: v.optional(NewSystem.entries.name),
  target: v.optional(TicketTarget),
  reactions: v.optional(Reactions),
  /** Of the webhook alone. */
  hookSecret: v.optional(v.pipe(v.string(), v.trim(), v.minLength(16), v.maxLength(200))),
})

const newSecret = (kind: TicketTarget['kind']): string => {
  const secret = randomBytes(SECRET_BYTES)
  return kind === 'webhook' ? `whsec_${secret.toString('base64')}` : secret.toString('hex')
}

const secretOf = (target: TicketTarget): string | undefined => ('hookSecret' in target ? target.hookSecret : undefined)

// Linear makes the secret itself; extensions are read and never heard.
const WITHOUT_OURS = new Set<TicketTarget['kind']>(['linear', 'extension'])

/** Those that prove themselves get one of ours, the same for as long as nobody enters another. */
const withSecret = (target: TicketTarget, before?: TicketTarget): TicketTarget => {
  const known = before?.kind === target.kind ? secretOf(before) : undefined
  const hookSecret = secretOf(target) ?? known ?? (WITHOUT_OURS.has(target.kind) ? undefined : newSecret(target.kind))
  return hookSecret === undefined || target.kind === 'extension' ? target : { ...target, hookSecret }
}

const systemJson = (system: ConnectedSystem, publicUrl: string): TicketSystemJson => ({
  id: String(system.id),
  kind: system.kind,
  name: system.name,
  summary: system.summary,
  reactions: system.reactions,
  failures: system.failures,
  problem: system.problem,
  pausedUntil: system.pausedUntil === 0 ? null : iso(system.pausedUntil),
  hook: {
    url: `${publicUrl}/api/0/ticket-hooks/${system.id}/`,
    dateHeard: system.heardAt === null ? null : iso(system.heardAt),
  },
  dateCreated: iso(system.createdAt),
})

/** Where an organization's tickets are kept. */
export const ticketSystemRoutes = ({ ticketSystems, openSystem, audit, publicUrl }: TicketSystemDeps) => {
  const path = '/organizations/:org/ticket-systems/'

  const systemOf = async (c: Context<ApiEnv>): Promise<ConnectedSystem> =>
    (await ticketSystems.find(c.var.organization.id, Number(c.req.param('system')))) ?? missing('The ticket system')

  const json = (system: ConnectedSystem): TicketSystemJson => systemJson(system, publicUrl())

  return new Hono<ApiEnv>()
    .get(path, authorize('org:read'), async (c) => c.json((await ticketSystems.list(c.var.organization.id)).map(json)))
    .post(path, authorize('org:write'), valid('json', NewSystem), async (c) => {
      const { name, reactions, ...wanted } = c.req.valid('json')
      const target = withSecret(wanted.target)
      const added = await ticketSystems.add(c.var.organization.id, { name, target, reactions })
      await note(audit, c, { action: 'ticket-system.create', target: name })
      const secret = secretOf(wanted.target) === undefined ? (secretOf(target) ?? null) : null
      return c.json({ ...json(added), secret } satisfies NewTicketSystemJson, 201)
    })
    .put(`${path}:system/`, authorize('org:write'), valid('json', SystemChange), async (c) => {
      const before = await systemOf(c)
      const { id } = before
      const { name = before.name, reactions = before.reactions, target: wanted, hookSecret } = c.req.valid('json')
      const known = await ticketSystems.target(id)
      const target = withSecret(wanted ?? known ?? missing('What is secret of the ticket system'), known)
      const kept = hookSecret === undefined ? target : { ...target, hookSecret }
      await ticketSystems.replace(c.var.organization.id, id, { name, target: kept, reactions })
      await note(audit, c, { action: 'ticket-system.edit', target: name })
      return c.json(json(await systemOf(c)))
    })
    .delete(`${path}:system/`, authorize('org:write'), async (c) => {
      const { id, name } = await systemOf(c)
      await ticketSystems.remove(c.var.organization.id, id)
      await note(audit, c, { action: 'ticket-system.remove', target: name })
      return c.body(null, 204)
    })
    .post(`${path}:system/test/`, authorize('org:write'), async (c) => {
      const { id } = await systemOf(c)
      const target = (await ticketSystems.target(id)) ?? missing('What is secret of the ticket system')
      const checked = await openSystem(target).check()
      return c.json({ status: checked.status, answer: checked.status === 'done' ? checked.value : checked.answer })
    })
}
