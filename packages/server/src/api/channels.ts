import { randomBytes } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import type { Deliver } from '../alerts/deliver.ts'
import type { Notice } from '../alerts/message.ts'
import { Target } from '../alerts/target.ts'
import type { Extensions } from '../extensions/extensions.ts'
import type { AuditAction, AuditLog } from '../ports/audit.ts'
import type { Channel, ChannelStore } from '../ports/channels.ts'
import type { Delivery, Outbox } from '../ports/outbox.ts'
import type { ChannelJson, DeliveryJson, NewChannelJson } from './alert-shapes.ts'
import type { ApiEnv } from './api-env.ts'
import { note } from './audit.ts'
import { authorize } from './authorize.ts'
import { missing } from './find-issue.ts'
import { iso } from './issue-json.ts'
import { valid } from './valid.ts'

export interface ChannelDeps {
  channels: ChannelStore
  outbox: Pick<Outbox, 'deliveries' | 'replay'>
  deliver: Deliver
  extensions: Pick<Extensions, 'check'>
  audit: AuditLog
  publicUrl: () => string
  now: () => number
}

const DELIVERIES = 100
const SECRET_BYTES = 32

const NewChannel = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
  target: Target,
})

const channelJson = ({ id, kind, name, summary, failures, pausedUntil, createdAt }: Channel): ChannelJson => ({
  id: String(id),
  kind,
  name,
  summary,
  failures,
  pausedUntil: pausedUntil === 0 ? null : iso(pausedUntil),
  dateCreated: iso(createdAt),
})

const deliveryJson = ({ id, key, alertId, status, attempts, answer, dueAt, endedAt }: Delivery): DeliveryJson => ({
  id: String(id),
  key,
  alert: { id: String(alertId) },
  status,
  attempts,
  answer,
  dateDue: iso(dueAt),
  dateEnded: endedAt === null ? null : iso(endedAt),
})

const withSecret = (target: Target): Target =>
  target.kind === 'webhook' && target.secret === undefined
    ? { ...target, secret: `whsec_${randomBytes(SECRET_BYTES).toString('base64')}` }
    : target

const TRIAL = {
  rule: 'Test of the channel',
  project: { slug: 'test', name: 'Foghorn' },
  why: 'Somebody tries whether this channel works',
  title: 'Error: this is only a test',
  name: 'TEST-1',
  level: 'info',
} as const

const trialOf = (link: string, now: number): Notice => {
  const { title, level, name: shortId } = TRIAL
  const seen = { culprit: 'test (src/test.ts)', events: 1, users: 1, release: null, suspectCommit: null }
  const issue = { shortId, title, level, link, ...seen }
  return {
    key: `test-${now}`,
    messages: [{ ...TRIAL, action: 'test', incident: `foghorn-test-${now}`, firedAt: now, link, issue }],
  }
}

/** Where an organization's people are told, what became of what was told, and another try of it. */
export const channelRoutes = ({ channels, outbox, deliver, extensions, audit, publicUrl, now }: ChannelDeps) => {
  const path = '/organizations/:org/channels/'

  const channelOf = async (c: Context<ApiEnv>): Promise<Channel> =>
    (await channels.find(c.var.organization.id, Number(c.req.param('channel')))) ?? missing('The channel')

  const checkExtension = async (target: Target): Promise<void> => {
    if (target.kind !== 'extension') return
    const wrong = await extensions.check(target.notifier, target.settings)
    if (wrong !== undefined) throw new HTTPException(400, { message: `target: ${wrong}` })
  }

  const noted = (c: Context<ApiEnv>, action: AuditAction, target: string) => note(audit, c, { action, target })

  return new Hono<ApiEnv>()
    .get(path, authorize('org:read'), async (c) =>
      c.json((await channels.list(c.var.organization.id)).map(channelJson)),
    )
    .post(path, authorize('org:write'), valid('json', NewChannel), async (c) => {
      const { name, target: wanted } = c.req.valid('json')
      const target = withSecret(wanted)
      await checkExtension(target)
      const added = await channels.add(c.var.organization.id, { name, target })
      await noted(c, 'channel.create', name)
      const secret = target.kind === 'webhook' && target.secret !== undefined ? { secret: target.secret } : {}
      return c.json({ ...channelJson(added), ...secret } satisfies NewChannelJson, 201)
    })
    .put(`${path}:channel/`, authorize('org:write'), valid('json', NewChannel), async (c) => {
      const { id } = await channelOf(c)
      const { name, target } = c.req.valid('json')
      await checkExtension(target)
      await channels.replace(c.var.organization.id, id, { name, target: withSecret(target) })
      await noted(c, 'channel.edit', name)
      return c.json(channelJson(await channelOf(c)))
    })
    .delete(`${path}:channel/`, authorize('org:write'), async (c) => {
      const { id, name } = await channelOf(c)
      await channels.remove(c.var.organization.id, id)
      await noted(c, 'channel.remove', name)
      return c.body(null, 204)
    })
    .post(`${path}:channel/test/`, authorize('org:write'), async (c) => {
      const { id } = await channelOf(c)
      const target = (await channels.target(id)) ?? missing('What is secret of the channel')
      const { status, answer } = await deliver(id, target, trialOf(publicUrl(), now()))
      return c.json({ status, answer })
    })
    .get(`${path}:channel/deliveries/`, authorize('org:read'), async (c) => {
      const { id } = await channelOf(c)
      return c.json((await outbox.deliveries(id, DELIVERIES)).map(deliveryJson))
    })
    .post(`${path}:channel/deliveries/:delivery/replay/`, authorize('org:write'), async (c) => {
      const { id } = await channelOf(c)
      const isBack = await outbox.replay(id, Number(c.req.param('delivery')))
      return isBack ? c.body(null, 202) : missing('A delivery that was given up')
    })
}
