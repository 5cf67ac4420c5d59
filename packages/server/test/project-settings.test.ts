import { describe, expect, test } from 'vitest'
import type { ProjectKeyJson, ScrubbingPreviewJson } from '../src/index.ts'
import { retain } from '../src/retention/retain.ts'
import { envelope, errorEvent, type TestEvent } from './harness.ts'
import { db, service, useServiceAndStore } from './service-and-store.ts'

const BASE = '/api/0/projects/acme/shop/'
const HOUR = 3_600_000

useServiceAndStore()

const ask = (method: string, path: string, body?: unknown): Promise<Response> =>
  Promise.resolve(
    service.request(path, {
      method,
      headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )

const answerOf = async <Answer>(asked: Promise<Response>): Promise<Answer> => (await asked).json() as Promise<Answer>

const settingsTake = async (settings: object): Promise<void> => {
  expect((await ask('PUT', `${BASE}ingest-settings/`, settings)).status).toBe(200)
  // What a project decided holds after five seconds at the latest.
  service.clock.now += 6000
}

const sendFrom = async (headers: Record<string, string>): Promise<Response> =>
  service.request(service.envelopePath, { method: 'POST', headers, body: envelope(errorEvent()) })

const happen = async (fields: TestEvent = {}): Promise<void> => {
  await service.post(service.envelopePath, envelope(errorEvent(fields)))
  await service.digest()
}

describe('keys', () => {
  test('a second one takes events; one that is switched off takes none until it is on again', async () => {
    const key = await answerOf<ProjectKeyJson>(ask('POST', `${BASE}keys/`, { name: 'Staging' }))
    expect(key).toMatchObject({ name: 'Staging', isActive: true })
    expect(key.dsn.public).toContain(key.public)
    const send = async (): Promise<number> => {
      const path = service.envelopePath.replace(service.publicKey, key.public)
      return (await service.post(path, envelope(errorEvent()))).status
    }
    expect(await send()).toBe(200)
    await ask('PUT', `${BASE}keys/${key.id}/`, { isActive: false })
    service.clock.now += 6000
    expect(await send()).toBe(403)
    await ask('PUT', `${BASE}keys/${key.id}/`, { isActive: true, name: 'Canary' })
    service.clock.now += 6000
    expect(await send()).toBe(200)
    const names = (await answerOf<ProjectKeyJson[]>(ask('GET', `${BASE}keys/`))).map(({ name }) => name)
    expect(names).toEqual(['Default', 'Canary'])
  })

  test('of another project do not exist', async () => {
    expect((await ask('PUT', `${BASE}keys/${'0'.repeat(32)}/`, { isActive: false })).status).toBe(404)
  })
})

describe('allowed origins', () => {
  test('keep pages of other sites away, and count what these sent', async () => {
    await settingsTake({ allowedOrigins: ['https://shop.example', '*.acme.example'] })
    const statusOf = async (headers: Record<string, string>): Promise<number> => (await sendFrom(headers)).status
    expect(await statusOf({ origin: 'https://shop.example' })).toBe(200)
    expect(await statusOf({ origin: 'https://beta.acme.example' })).toBe(200)
    expect(await statusOf({ referer: 'https://shop.example/cart' })).toBe(200)
    // A program that is no browser names no site.
    expect(await statusOf({})).toBe(200)
    expect(await statusOf({ origin: 'null' })).toBe(403)
    const refused = await sendFrom({ origin: 'https://evil.example' })
    expect(refused.status).toBe(403)
    expect(await refused.json()).toEqual({
      detail: 'This project takes no events from pages of https://evil.example. Add the site to its allowed origins.',
    })
    await service.turnedAway.flush()
    await service.digest()
    const counted = await service.stores.outcomes.list(service.project.id)
    expect(counted.map(({ outcome, reason, quantity }) => `${outcome} ${reason} ${quantity}`)).toContain(
      'limited origin 2',
    )
  })

  test('let all pages send while there are none', async () => {
    expect((await sendFrom({ origin: 'https://anywhere.example' })).status).toBe(200)
  })
})

test('what is not named stays, and two that change different things at the same time both get them', async () => {
  await settingsTake({ filteredReleases: ['old@*'] })
  await Promise.all([settingsTake({ filterCrawlers: true }), settingsTake({ safeNames: ['csrf'] })])
  expect(await answerOf(ask('GET', `${BASE}ingest-settings/`))).toMatchObject({
    filteredReleases: ['old@*'],
    filterCrawlers: true,
    safeNames: ['csrf'],
  })
  await settingsTake({ filteredReleases: [], filterCrawlers: false, safeNames: [] })
})

describe('a preview of masking', () => {
  const preview = (settings: object): Promise<ScrubbingPreviewJson> =>
    answerOf(ask('POST', `${BASE}ingest-settings/preview/`, settings))

  test('shows what would be masked of the newest event that has any of it, and what is masked already', async () => {
    await happen({ extra: { loyaltyNumber: '4711-secret', password: 'tide' } })
    await happen({ extra: { basket: 2 } })
    const { looked, changed, event } = await preview({ secretNames: ['loyalty'] })
    expect([looked, changed]).toEqual([2, 1])
    expect(event!.places).toEqual([{ path: 'extra.loyaltyNumber', before: '4711-secret', after: '[Filtered]' }])
    expect(event!.masked).toContain('extra.password')
  })

  test('of settings that mask nothing more shows the newest event', async () => {
    await happen({ extra: { basket: 2 } })
    const { changed, event } = await preview({ secretNames: ['loyalty'] })
    expect([changed, event!.places]).toEqual([0, []])
  })

  test('says that nothing is stored', async () => {
    expect(await preview({})).toEqual({ looked: 0, changed: 0, event: null })
  })
})

describe('a project', () => {
  const tablesOf = async (): Promise<string[]> => {
    const tables = (await db.introspection.getTables()).filter(({ columns }) =>
      columns.some(({ name }) => name === 'project_id'),
    )
    const filled: string[] = []
    for (const { name } of tables) {
      const rows = await db
        .selectFrom(name as 'event')
        .select('project_id')
        .where('project_id', '=', service.project.id)
        .limit(1)
        .execute()
      if (rows.length > 0) filled.push(name)
    }
    return filled
  }

  test('gets another name', async () => {
    expect(await answerOf(ask('PUT', BASE, { name: 'The Shop' }))).toMatchObject({ slug: 'shop', name: 'The Shop' })
    expect(await answerOf(ask('GET', BASE))).toMatchObject({ name: 'The Shop' })
  })

  test('is not deleted by a slip', async () => {
    expect((await ask('DELETE', BASE)).status).toBe(400)
    expect((await ask('GET', BASE)).status).toBe(200)
  })

  test('that is deleted is gone at once, and with the next sweep everything that was stored of it', async () => {
    await happen({ user: { id: 'ada' }, release: 'shop@1' })
    await happen({ message: 'another' })
    const load = {
      type: 'transaction',
      transaction: '/harbour',
      start_timestamp: service.clock.now / 1000 - 1,
      timestamp: service.clock.now / 1000,
      measurements: { lcp: { value: 100 } },
      contexts: { web_vitals: { lcp: { target: 'img.hero' } } },
    }
    await service.post(service.envelopePath, ['{}', '{"type":"transaction"}', JSON.stringify(load)].join('\n'))
    await service.digest()
    const [issue] = await answerOf<{ id: string }[]>(ask('GET', `${BASE}issues/?query=`))
    expect((await ask('DELETE', `${BASE}?confirm=shop`)).status).toBe(204)
    const statuses = [BASE, `${BASE}issues/`, `/api/0/organizations/acme/issues/${issue!.id}/`].map(
      async (path) => (await ask('GET', path)).status,
    )
    expect(await Promise.all(statuses)).toEqual([404, 404, 404])
    service.clock.now += 6000
    expect((await service.post(service.envelopePath, envelope(errorEvent()))).status).toBe(403)
    expect(await tablesOf()).toEqual(expect.arrayContaining(['event', 'measurement', 'vital_target']))

    const sweep = async (): Promise<void> => {
      const limits = { days: 90, events: 1e6, megabytes: 1e4 }
      const steps = retain({ retention: service.stores.retention, limits, now: () => service.clock.now })
      for await (const step of steps) expect(step).toBe(0)
    }
    await sweep()
    expect(await tablesOf()).toEqual(['removed_project'])
    service.clock.now += 25 * HOUR
    await sweep()
    expect(await tablesOf()).toEqual([])
  })

  test('may be made again with the same slug, and knows nothing of the one before', async () => {
    await happen()
    await ask('DELETE', `${BASE}?confirm=shop`)
    expect((await ask('POST', '/api/0/organizations/acme/projects/', { slug: 'shop' })).status).toBe(201)
    expect(await answerOf(ask('GET', `${BASE}issues/?query=`))).toEqual([])
  })
})
