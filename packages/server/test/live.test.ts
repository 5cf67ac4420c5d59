import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { IssueJson } from '../src/api/shapes.ts'
import { envelope, errorEvent, startService, type TestService } from './harness.ts'

let service: TestService
let open: { cancel(): Promise<void> }[] = []
beforeEach(async () => {
  service = await startService()
})
afterEach(async () => {
  for (const one of open) await one.cancel()
  open = []
  await service.close()
})

interface Told {
  id: string
  event: string
  issue: IssueJson
}

const readTold = (text: string): Told | undefined => {
  const fields = Object.fromEntries(text.split('\n').map((line) => line.split(/: (.*)/s) as [string, string]))
  return fields['data'] === undefined
    ? undefined
    : { id: fields['id']!, event: fields['event']!, issue: JSON.parse(fields['data']) as IssueJson }
}

/** Listens as a browser does; `next` waits for what is told next. */
const listen = async (headers: Record<string, string> = {}, parameters = '', token = service.token) => {
  const response = await service.request(`/api/0/organizations/acme/live/${parameters}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  open.push(reader)
  let rest = ''
  const next = async (): Promise<Told> => {
    for (;;) {
      const end = rest.indexOf('\n\n')
      if (end < 0) rest += (await reader.read()).value ?? ''
      else {
        const told = readTold(rest.slice(0, end))
        rest = rest.slice(end + 2)
        if (told) return told
      }
    }
  }
  return { next, stop: () => reader.cancel() }
}

const fail = async (value: string, path = service.envelopePath): Promise<void> => {
  await service.post(path, envelope(errorEvent({ exception: { values: [{ type: 'TypeError', value }] } })))
  await service.digest()
}

const resolve = (id: string): Promise<Response> =>
  service.request(`/api/0/organizations/acme/issues/${id}/`, {
    method: 'PUT',
    body: '{"status":"resolved"}',
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
  })

describe('whoever listens', () => {
  test('is told of issues that appear, that are seen again, and that somebody changes', async () => {
    const { next } = await listen()
    await fail('cart is empty')
    const first = await next()
    expect([first.event, first.issue.title, first.issue.count]).toEqual(['new', 'TypeError: cart is empty', '1'])
    await fail('cart is empty')
    const second = await next()
    expect([second.event, second.issue.id, second.issue.count]).toEqual(['changed', first.issue.id, '2'])
    await resolve(first.issue.id)
    const third = await next()
    expect([third.event, third.issue.status]).toEqual(['changed', 'resolved'])
  })

  test('is told after coming back what happened meanwhile, each issue once as it is now', async () => {
    const { next, stop } = await listen()
    await fail('one')
    const { id } = await next()
    await stop()
    await fail('two')
    await fail('two')
    await fail('one')
    const again = await listen({ 'last-event-id': id })
    const told = [await again.next(), await again.next()]
    expect(told.map(({ event, issue }) => [event, issue.title, issue.count])).toEqual([
      ['new', 'TypeError: two', '2'],
      ['changed', 'TypeError: one', '2'],
    ])
  })

  test('hears nothing of what was before, nor of other projects', async () => {
    await fail('before')
    const organization = (await service.stores.projects.organization('acme'))!
    const other = (await service.stores.projects.create({
      organizationId: organization.id,
      slug: 'blog',
      name: 'Blog',
    }))!
    const [key] = await service.stores.projects.keys(other.id)
    const { next } = await listen({}, `?project=${other.id}`)
    await fail('in the shop')
    await fail('in the blog', `/api/${other.id}/envelope/?sentry_version=7&sentry_key=${key!.publicKey}`)
    expect((await next()).issue.title).toBe('TypeError: in the blog')
  })

  test('of another organization hears nothing at all', async () => {
    const stranger = await service.createToken('others')
    expect((await service.read('/api/0/organizations/acme/live/', stranger)).status).toBe(404)
  })

  test('is refused when too many listen already', async () => {
    const many = Array.from({ length: 500 }, () => service.live.enter())
    expect((await service.read('/api/0/organizations/acme/live/')).status).toBe(503)
    for (const leave of many) leave!()
    await listen()
  })

  test('is let go when the service stops', async () => {
    const response = await service.read('/api/0/organizations/acme/live/')
    service.live.close()
    expect(await response.text()).toMatch(/^retry: \d+\n\n/)
  })
})
