import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installSentryTools, isLong } from './sentry-tools/install.ts'
import { SENTRY_CLI_VERSIONS, sentryCliFor } from './sentry-cli.ts'
import { startService, type Service } from './service.ts'

let service: Service
let eventId: string

interface Listed {
  id: string
  shortId: string
  status: string
}

const list = async (query: string): Promise<Listed[]> => {
  const response = await fetch(`${service.url()}/api/0/projects/acme/shop/issues/?query=${query}&sort=new`, {
    headers: { authorization: `Bearer ${service.token}` },
  })
  return (await response.json()) as Listed[]
}

const failure = (value: string) => ({ exception: { values: [{ type: 'TypeError', value }] }, user: { id: 'ada' } })

describe.each(SENTRY_CLI_VERSIONS)('sentry-cli %s', (number) => {
  const cli = sentryCliFor(number, () => service)
  beforeAll(async () => {
    if (isLong) installSentryTools()
    service = await startService()
    eventId = await service.send([], failure('cart is empty'))
    await service.send([], failure('price is gone'))
  }, 300_000)
  afterAll(() => service.close())

  test('lists organizations and projects', async () => {
    expect(await cli.succeed(['organizations', 'list'])).toMatch(/\bacme\b/)
    expect(await cli.succeed(['projects', 'list'])).toMatch(/\bshop\b/)
  })

  test('lists events, with their people and tags', async () => {
    await expect.poll(async () => (await list('')).length).toBe(2)
    const listed = await cli.succeed(['events', 'list', '--show-user', '--show-tags'])
    expect(listed).toContain('TypeError: cart is empty')
    expect(listed).toContain('TypeError: price is gone')
    expect(listed).toMatch(/ada/)
    expect(listed).toMatch(/environment/)
    expect(listed.replaceAll(/\s/g, '')).toContain(eventId.slice(0, 8))
  })

  test('lists issues, and those that a search finds', async () => {
    const all = await cli.succeed(['issues', 'list'])
    expect([all.includes('SHOP-1'), all.includes('SHOP-2')]).toEqual([true, true])
    const found = await cli.succeed(['issues', 'list', '--query', 'cart'])
    expect([found.includes('cart is empty'), found.includes('price is gone')]).toEqual([true, false])
  })

  test('resolves, mutes and reopens issues', async () => {
    const [{ id }] = (await list('cart')) as [Listed]
    await cli.succeed(['issues', 'resolve', '-i', id])
    expect((await list('is:resolved')).map((issue) => issue.id)).toEqual([id])
    const resolved = await cli.succeed(['issues', 'list', '--query', 'is:resolved'])
    expect([resolved.includes('cart is empty'), resolved.includes('price is gone')]).toEqual([true, false])
    await cli.succeed(['issues', 'unresolve', '-i', id])
    await cli.succeed(['issues', 'mute', '-a'])
    expect(await list('is:ignored')).toHaveLength(2)
    await cli.succeed(['issues', 'unresolve', '-s', 'muted'])
    expect(await list('is:unresolved')).toHaveLength(2)
  })

  test('says what is wrong with a search', async () => {
    expect(await cli.fail(['issues', 'list', '--query', 'is:open'])).toContain('Allowed: unresolved, resolved, ignored')
  })
})
