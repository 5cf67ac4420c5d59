import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { MapCoverageJson } from '../src/api/map-shapes.ts'
import type { ReleaseJson, ReleaseSummaryJson } from '../src/api/release-shapes.ts'
import { regroup } from '../src/regrouping/regroup.ts'
import { envelope, errorEvent, NOON, startService, type TestEvent, type TestService } from './harness.ts'
import { bundleOf, DEBUG_ID, upload } from './upload.ts'

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const ORG = '/api/0/organizations/acme'
const PROJECT = '/api/0/projects/acme/shop'

const send = async (method: string, path: string, body?: unknown, token = service.token) => {
  const response = await service.request(path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as any }
}

const read = async <Body = any>(path: string): Promise<Body> => (await send('GET', path)).body as Body

/** An error of some fault as it happens in a release. */
const fail = async (release: string | undefined, fault = 'a', fields: TestEvent = {}): Promise<void> => {
  const event = errorEvent({
    ...(release === undefined ? {} : { release }),
    timestamp: service.clock.now / 1000,
    fingerprint: [fault],
    ...fields,
  })
  expect((await service.post(service.envelopePath, envelope(event))).status).toBe(200)
  await service.digest()
}

const HOUR_MS = 3_600_000

const pass = (ms: number): void => void (service.clock.now += ms)

const versions = async (path: string): Promise<string[]> =>
  (await read<ReleaseJson[]>(path)).map(({ version }) => version)

const session = async (release: string, number: number, { did, status }: { did: string; status: string }) => {
  const started = new Date(service.clock.now - 60_000).toISOString()
  const payload = { sid: `${number}`.padStart(32, '0'), did, started, status, errors: 0, attrs: { release } }
  await service.post(service.envelopePath, ['{}', '{"type":"session"}', JSON.stringify(payload)].join('\n'))
  await service.digest()
}

describe('a release that nobody announced', () => {
  test('is there with its first event, and knows its newest', async () => {
    await fail('shop@1.0.0')
    pass(HOUR_MS)
    await fail('shop@1.0.0')
    const release = await read<ReleaseJson>(`${PROJECT}/releases/shop%401.0.0/`)
    expect(release).toMatchObject({
      version: 'shop@1.0.0',
      shortVersion: '1.0.0',
      dateReleased: null,
      firstEvent: new Date(NOON).toISOString(),
      lastEvent: new Date(NOON + HOUR_MS).toISOString(),
      newGroups: 1,
      projects: [{ slug: 'shop', newGroups: 1 }],
    })
  })

  test('is there with its first session', async () => {
    await session('shop@quiet', 1, { did: 'ada', status: 'ok' })
    expect(await read(`${ORG}/releases/shop%40quiet/`)).toMatchObject({ firstEvent: null, newGroups: 0 })
  })

  test('may have any name', async () => {
    const name = "a/b?c#d%41'ö"
    await fail(name)
    expect(await versions(`${PROJECT}/releases/`)).toEqual([name])
    expect(await read(`${PROJECT}/releases/${encodeURIComponent(name)}/`)).toMatchObject({ version: name })
  })

  test('does not come of events without one, nor of events that were there', async () => {
    const event_id = '1'.repeat(32)
    await fail(undefined)
    await fail('shop@1', 'b', { event_id })
    await fail('shop@2', 'b', { event_id })
    expect(await versions(`${ORG}/releases/`)).toEqual(['shop@1'])
  })

  test('keeps what CI says of it, whoever comes first', async () => {
    await fail('shop@1')
    await send('PUT', `${ORG}/releases/shop@1/`, { projects: ['shop'], dateReleased: '2026-11-21T11:00:00Z' })
    await fail('shop@1', 'b')
    expect(await read(`${PROJECT}/releases/shop@1/`)).toMatchObject({
      dateReleased: '2026-11-21T11:00:00.000Z',
      newGroups: 2,
    })
  })
})

test('lists are searched, and archived releases told apart', async () => {
  for (const version of ['shop@1.0.0', 'shop@1.1.0', 'admin@1.0.0'])
    await send('PUT', `${PROJECT}/releases/${version}/`, {})
  await send('PUT', `${PROJECT}/releases/shop@1.0.0/`, { status: 'archived' })
  expect(await versions(`${PROJECT}/releases/?query=SHOP`)).toEqual(['shop@1.1.0', 'shop@1.0.0'])
  expect(await versions(`${PROJECT}/releases/?query=%25`)).toEqual([])
  expect(await versions(`${PROJECT}/releases/?status=open&per_page=1`)).toEqual(['admin@1.0.0'])
  expect(await versions(`${ORG}/releases/?status=archived`)).toEqual(['shop@1.0.0'])
})

describe('the issues of a release', () => {
  const issuesOf = async (version: string, change: string): Promise<string[]> =>
    (await read<{ shortId: string }[]>(`${PROJECT}/releases/${version}/issues/?change=${change}`)).map(
      ({ shortId }) => shortId,
    )

  const resolve = (shortId: string, change: object) => {
    const [, number] = shortId.split('-')
    return send('PUT', `${ORG}/issues/${number}/`, { status: 'resolved', ...change })
  }

  test('are those that appeared with it', async () => {
    await fail('1.0.0', 'a')
    await fail('1.1.0', 'a')
    await fail('1.1.0', 'b')
    await fail('1.1.0', 'c')
    expect(await issuesOf('1.0.0', 'new')).toEqual(['SHOP-1'])
    expect(await issuesOf('1.1.0', 'new')).toEqual(['SHOP-3', 'SHOP-2'])
  })

  test('are those that came back with it', async () => {
    await fail('1.0.0', 'a')
    await resolve('SHOP-1', {})
    pass(HOUR_MS)
    await fail('1.1.0', 'a')
    expect(await issuesOf('1.1.0', 'regressed')).toEqual(['SHOP-1'])
    expect(await issuesOf('1.0.0', 'regressed')).toEqual([])
  })

  test('are those that were fixed in it, also when it was not there yet', async () => {
    await fail('1.0.0', 'a')
    await fail('1.0.0', 'b')
    await fail('1.0.0', 'c')
    await resolve('SHOP-1', { statusDetails: { inNextRelease: true } })
    await fail('1.1.0', 'd')
    await resolve('SHOP-2', { statusDetails: { inRelease: '1.1.0' } })
    expect(await issuesOf('1.1.0', 'resolved')).toEqual(['SHOP-2', 'SHOP-1'])
    expect(await issuesOf('1.0.0', 'resolved')).toEqual([])
  })

  test('come page by page', async () => {
    for (let number = 0; number < 30; number++) await fail('1.0.0', `fault ${number}`)
    const first = await service.read(`${PROJECT}/releases/1.0.0/issues/`)
    expect(await first.json()).toHaveLength(25)
    const next = /<http:\/\/foghorn\.test([^>]+)>; rel="next"; results="true"/.exec(first.headers.get('link')!)![1]!
    expect(await read(next)).toHaveLength(5)
  })

  test('are asked for by a known change', async () => {
    await fail('1.0.0')
    expect(await send('GET', `${PROJECT}/releases/1.0.0/issues/?change=old`)).toMatchObject({
      status: 400,
      body: { errors: { change: ['must be one of new, regressed, resolved'] } },
    })
  })
})

describe('how a release does', () => {
  const summary = (version: string, query = ''): Promise<ReleaseSummaryJson> =>
    read<ReleaseSummaryJson>(`${PROJECT}/releases/${version}/summary/${query}`)

  test('is told by its sessions and users, beside the release before it', async () => {
    await session('shop@1.0.0', 1, { did: 'ada', status: 'ok' })
    await session('shop@1.0.0', 2, { did: 'bob', status: 'crashed' })
    for (const number of [3, 4, 5]) await session('shop@1.1.0', number, { did: 'cy', status: 'ok' })
    await session('shop@1.1.0', 6, { did: 'dan', status: 'crashed' })
    expect(await summary('shop@1.1.0')).toMatchObject({
      version: 'shop@1.1.0',
      health: { sessions: 4, crashFreeSessions: 0.75, crashFreeUsers: 0.5 },
      adoption: { sessions: 4 / 6, users: 0.5 },
      previous: {
        version: 'shop@1.0.0',
        health: { sessions: 2, crashFreeSessions: 0.5 },
        adoption: { sessions: 2 / 6 },
      },
    })
  })

  test("is told in Sentry's words too, of one and in lists", async () => {
    await session('1.0.0', 1, { did: 'ada', status: 'ok' })
    pass(30 * HOUR_MS)
    await session('1.0.0', 2, { did: 'bob', status: 'crashed' })
    await session('1.1.0', 3, { did: 'cy', status: 'ok' })
    const health = { totalSessions24h: 1, totalProjectSessions24h: 2, adoption: 50, sessionsAdoption: 50 }
    expect((await read<ReleaseJson>(`${ORG}/releases/1.0.0/?health=1&summaryStatsPeriod=7d`)).projects).toMatchObject([
      { hasHealthData: true, healthData: { totalSessions: 2, crashFreeSessions: 50, crashFreeUsers: 50, ...health } },
    ])
    const listed = await read<ReleaseJson[]>(`${PROJECT}/releases/?health=1`)
    expect(listed.map(({ projects }) => projects[0]!.healthData)).toMatchObject([
      { totalSessions: 1, crashFreeSessions: 100 },
      { totalSessions: 1, crashFreeSessions: 0, ...health },
    ])
    expect((await read<ReleaseJson>(`${ORG}/releases/1.0.0/`)).projects[0]).not.toHaveProperty('healthData')
    expect((await send('GET', `${PROJECT}/releases/?summaryStatsPeriod=9y`)).status).toBe(400)
  })

  test('counts the sessions of the hours asked for', async () => {
    await session('1.0.0', 1, { did: 'ada', status: 'ok' })
    pass(30 * HOUR_MS)
    expect((await summary('1.0.0')).health).toMatchObject({ sessions: 0, crashFreeSessions: null })
    expect((await summary('1.0.0')).adoption).toEqual({ sessions: null, users: null })
    expect((await summary('1.0.0', '?hours=48')).health.sessions).toBe(1)
    expect((await send('GET', `${PROJECT}/releases/1.0.0/summary/?hours=0`)).status).toBe(400)
  })

  test('is compared with the version before, not with what came out last', async () => {
    for (const version of ['1.0.0', '1.1.0', '2.0.0', '1.1.1']) await fail(version)
    expect((await summary('1.1.1')).previous).toMatchObject({ version: '1.1.0' })
    expect((await summary('2.0.0')).previous).toMatchObject({ version: '1.1.0' })
    expect((await summary('1.0.0')).previous).toBeNull()
  })

  test('counts its issues', async () => {
    await fail('1.0.0', 'a')
    await fail('1.1.0', 'b')
    await fail('1.1.0', 'c')
    expect(await summary('1.1.0')).toMatchObject({
      issues: { new: 2, regressed: 0, resolved: 0 },
      previous: { issues: { new: 1 } },
    })
  })

  test('says which share of its frames can be read, and follows maps that come late', async () => {
    const filename = 'https://shop.test/static/app.js'
    const frames = [{ filename, lineno: 1, colno: 10, in_app: true }]
    const values = [{ type: 'Error', value: 'x', stacktrace: { frames } }]
    const images = [{ type: 'sourcemap', code_file: filename, debug_id: DEBUG_ID }]
    await fail('1.0.0', 'a', { exception: { values } })
    await fail('1.0.0', 'a', { exception: { values }, debug_meta: { images } })
    expect((await summary('1.0.0')).artifacts).toEqual({
      bundles: 0,
      files: 0,
      coverage: { events: 2, frames: 2, resolved: 0, share: 0 },
    })
    const gaps = async () => read<MapCoverageJson>(`${PROJECT}/sourcemaps/coverage/`)
    const before = await gaps()
    expect(before).toMatchObject({ events: 2, frames: 2, resolved: 0, share: 0 })
    expect(before.gaps).toHaveLength(2)
    expect(before.gaps.find(({ debugId }) => debugId !== '')).toMatchObject({
      url: filename,
      debugId: DEBUG_ID.replaceAll('-', ''),
      release: '1.0.0',
      reason: 'no-artifact',
      advice: expect.stringContaining('upload the maps'),
      line: 1,
      column: 10,
      frames: 1,
      events: 1,
      latestEvent: { issueId: '1' },
    })
    // The one without a debug ID finds its map by release and address.
    await upload(service, bundleOf(), { version: '1.0.0' })
    while (await regroup(service.stores));
    expect((await summary('1.0.0')).artifacts).toEqual({
      bundles: 1,
      files: 2,
      coverage: { events: 2, frames: 2, resolved: 2, share: 1 },
    })
    expect(await gaps()).toEqual({ events: 2, frames: 2, resolved: 2, share: 1, gaps: [] })
    expect(await read(`${PROJECT}/sourcemaps/coverage/?release=1.0.0`)).toMatchObject({ events: 2, share: 1 })
    expect(await read(`${PROJECT}/sourcemaps/coverage/?release=0.9.0`)).toMatchObject({ events: 0, share: null })
    await fail('1.1.0', 'a', { exception: { values: [{ type: 'Error', value: 'x' }] } })
    expect((await summary('1.1.0')).artifacts.coverage).toEqual({ events: 0, frames: 0, resolved: 0, share: null })
  })
})

describe('a release of several projects', () => {
  beforeEach(async () => {
    await send('POST', `${ORG}/projects/`, { slug: 'admin' })
    await send('PUT', `${ORG}/releases/both/`, { projects: ['shop', 'admin'] })
  })

  const projectsOf = async (): Promise<string[]> =>
    (await read<ReleaseJson>(`${ORG}/releases/both/`)).projects.map(({ slug }) => slug)

  test('loses the project below which it is deleted, and goes with the last', async () => {
    expect((await send('DELETE', `${PROJECT}/releases/both/`)).status).toBe(204)
    expect(await projectsOf()).toEqual(['admin'])
    expect((await send('GET', `${PROJECT}/releases/both/`)).status).toBe(404)
    expect((await send('DELETE', '/api/0/projects/acme/admin/releases/both/')).status).toBe(204)
    expect((await send('GET', `${ORG}/releases/both/`)).status).toBe(404)
  })

  test('shows below a project that one alone', async () => {
    expect((await read<ReleaseJson>(`${PROJECT}/releases/both/`)).projects).toMatchObject([{ slug: 'shop' }])
    expect(await projectsOf()).toEqual(['admin', 'shop'])
  })
})

describe('repositories', () => {
  const commit = { id: 'c0ffee', repository: 'acme/shop', patch_set: [{ path: 'src/cart.ts', type: 'M' }] }
  const names = async (): Promise<string[]> => (await read<{ name: string }[]>(`${ORG}/repos/`)).map(({ name }) => name)

  test('are those that commits name, each once', async () => {
    expect(await names()).toEqual([])
    await send('PUT', `${ORG}/releases/1/`, { projects: ['shop'], commits: [commit, { id: 'without' }] })
    await send('PUT', `${ORG}/releases/2/`, {
      refs: [
        { repository: 'acme/api', commit: 'abc' },
        { repository: 'acme/shop', commit: 'def' },
      ],
    })
    expect(await names()).toEqual(['acme/api', 'acme/shop'])
    const [repository] = await read(`${ORG}/repos/?per_page=100`)
    expect(repository).toMatchObject({
      id: expect.any(String),
      url: null,
      status: 'active',
      provider: { id: 'unknown' },
    })
    expect(Date.parse(repository.dateCreated)).not.toBeNaN()
  })

  test('are made by hand too, and get an address', async () => {
    await send('PUT', `${ORG}/releases/1/`, { commits: [commit] })
    const url = 'https://git.acme.test/acme/shop'
    expect(await send('POST', `${ORG}/repos/`, { name: 'acme/shop', url })).toMatchObject({
      status: 201,
      body: { url },
    })
    expect(await names()).toEqual(['acme/shop'])
    expect((await send('POST', `${ORG}/repos/`, { name: 'x', url: 'javascript:alert(1)' })).status).toBe(400)
  })

  test('go, and releases keep their commits', async () => {
    await send('PUT', `${ORG}/releases/1/`, { projects: ['shop'], commits: [commit] })
    const [{ id }] = await read(`${ORG}/repos/`)
    expect((await send('DELETE', `${ORG}/repos/${id}/`)).status).toBe(204)
    expect((await send('DELETE', `${ORG}/repos/${id}/`)).status).toBe(404)
    expect(await names()).toEqual([])
    expect(await read(`${ORG}/releases/1/commits/`)).toMatchObject([{ repository: { name: 'acme/shop' } }])
  })

  test('are the business of their organization alone', async () => {
    await send('PUT', `${ORG}/releases/1/`, { commits: [commit] })
    const [{ id }] = await read(`${ORG}/repos/`)
    const stranger = await service.createToken('other')
    expect((await send('GET', '/api/0/organizations/other/repos/', undefined, stranger)).body).toEqual([])
    expect((await send('DELETE', `/api/0/organizations/other/repos/${id}/`, undefined, stranger)).status).toBe(404)
    expect(await names()).toEqual(['acme/shop'])
  })
})
