import { expect } from 'vitest'
import { Webhook } from 'standardwebhooks'
import type { Answer } from '../receiver.ts'
import { expectText, json, startFake, type FakeTicket, type Provider } from './fake.ts'

const SECRET = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`

const ticketJson = ({ key, title, isClosed }: FakeTicket): Answer =>
  json(200, { key, url: `https://tickets.test/${key}`, title, state: isClosed ? 'closed' : 'open' })

/** A program of one's own, as the README tells people to write it. */
const providerOver = (made: Map<string, FakeTicket>): Provider => ({
  target: (url) => ({ kind: 'webhook', url: `${url}/tickets?x=1`, hookSecret: SECRET }),
  handle: (request, tickets) => {
    expect([request.method, request.path]).toEqual(['POST', '/tickets?x=1'])
    // The library's clock is the machine's, the tests' is not.
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = request.headers
    expect(signature).toBe(new Webhook(SECRET).sign(String(id), new Date(Number(at) * 1000), request.body))
    const { type, version, data } = JSON.parse(request.body)
    expect(version).toBe(1)
    if (type === 'ticket.test') return { status: 204 }
    if (type === 'ticket.create') {
      const known = made.get(data.id) ?? tickets.add(expectText(data.title, 300), expectText(data.text, 100_000))
      made.set(String(id), known)
      return ticketJson(known)
    }
    const ticket = tickets.all.get(data.key)
    if (!ticket) return json(404, {})
    if (type === 'ticket.comment') ticket.comments.push(data.text)
    else if (type !== 'ticket.read') ticket.isClosed = type === 'ticket.close'
    return ticketJson(ticket)
  },
  hook: (key, secret, now) => {
    const body = JSON.stringify({ type: 'ticket.changed', key })
    const timestamp = new Date(Math.floor(now / 1000) * 1000)
    return {
      headers: {
        'webhook-id': 'msg-1',
        'webhook-timestamp': String(timestamp.getTime() / 1000),
        'webhook-signature': `v1,AAAA ${new Webhook(secret).sign('msg-1', timestamp, body)}`,
      },
      body,
    }
  },
  page: (key) => key,
})

export const startWebhook = () => startFake(providerOver(new Map()), (number) => `T-${number}`)
