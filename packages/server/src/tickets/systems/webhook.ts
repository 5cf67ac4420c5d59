import * as v from 'valibot'
import { sign } from '../../alerts/channels/webhook.ts'
import type { Block } from '../draft.ts'
import { createRemote, mapped, WebAddress, type RemoteDeps } from '../remote.ts'
import { isSame } from '../signature.ts'
import type { TicketTargetOf } from '../target.ts'
import type { Answer, Hook, RemoteTicket, TicketSystem } from '../ticket-system.ts'

// Part of what receivers rely on: fields are added, never changed or taken away, without another number.
const VERSION = 1
// As far as clocks may differ (standardwebhooks.com, checked 2026-11).
const FRESH_MS = 300_000

const Ticket = v.object({
  key: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  url: WebAddress,
  title: v.optional(v.pipe(v.string(), v.maxLength(500)), ''),
  state: v.picklist(['open', 'closed']),
})
const Event = v.object({ key: v.string() })

const ticketOf = ({ state, ...ticket }: v.InferOutput<typeof Ticket>): RemoteTicket => ({
  ...ticket,
  isClosed: state === 'closed',
})

const isProven = ({ headers, body, now }: Hook, hookSecret: string): boolean => {
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': signatures = '' } = headers
  if (Math.abs(now - Number(timestamp) * 1000) > FRESH_MS || !/^\d{1,12}$/.test(timestamp)) return false
  const expected = sign(hookSecret, { id, timestamp, body: body.toString() })
  return signatures.split(' ').some((signature) => isSame(signature, expected))
}

const hear = (hook: Hook, { hookSecret }: TicketTargetOf<'webhook'>): readonly string[] | undefined => {
  if (hookSecret === undefined || !isProven(hook, hookSecret)) return undefined
  const event = v.safeParse(v.pipe(v.string(), v.parseJson(), Event), hook.body.toString())
  return event.success ? [event.output.key] : []
}

const plainOf = (body: readonly Block[]): string =>
  body
    .map((block) => {
      if (block.type === 'facts') return block.facts.map(([name, value]) => `${name}: ${value}`).join('\n')
      return block.type === 'link' ? `${block.text}: ${block.url}` : block.text
    })
    .join('\n\n')

/** A program of one's own that keeps tickets: signed JSON to one address. It answers with the ticket as it is then. */
export const webhookSystem = (target: TicketTargetOf<'webhook'>, deps: RemoteDeps): TicketSystem => {
  const { url, hookSecret = '' } = target
  const post = (id: string, type: string, data: object) => {
    const body = { type, version: VERSION, timestamp: new Date(deps.now()).toISOString(), data }
    const timestamp = String(Math.floor(deps.now() / 1000))
    const signature = sign(hookSecret, { id, timestamp, body: JSON.stringify(body) })
    const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
    const remote = createRemote({ base: new URL(url).origin, headers }, deps)
    const { pathname, search } = new URL(url)
    return { remote, wanted: { method: 'POST' as const, path: `${pathname}${search}`, body } }
  }
  const send = (id: string, type: string, data: object): Promise<Answer<void>> => {
    const { remote, wanted } = post(id, type, data)
    return remote.send(wanted)
  }
  const idOf = (what: string): string => `${what}-${deps.now()}`
  return {
    findsAfterMs: 0,
    check: async () => mapped(await send(idOf('test'), 'ticket.test', {}), () => 'Took the test.'),
    keyOf: (reference) => reference.trim() || undefined,
    // The same ID comes with every attempt: the receiver makes no second ticket.
    find: async () => ({ status: 'done', value: undefined }),
    create: async ({ marker, title, body }) => {
      const { remote, wanted } = post(marker, 'ticket.create', { id: marker, title, text: plainOf(body), blocks: body })
      return mapped(await remote.read(wanted, Ticket), ticketOf)
    },
    read: async (key) => {
      const { remote, wanted } = post(idOf(`read-${key}`), 'ticket.read', { key })
      const asked = await remote.ask(wanted)
      if (asked.ok && (asked.status === 404 || asked.status === 410)) return { status: 'done', value: undefined }
      return mapped(remote.parse(asked, Ticket), ticketOf)
    },
    comment: (key, { id, body }) => send(id, 'ticket.comment', { key, text: plainOf(body), blocks: body }),
    setClosed: (key, isClosed) =>
      send(idOf(`${isClosed ? 'close' : 'reopen'}-${key}`), isClosed ? 'ticket.close' : 'ticket.reopen', { key }),
    hear: (hook) => hear(hook, target),
  }
}
