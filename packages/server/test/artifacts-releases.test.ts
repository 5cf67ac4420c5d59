import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startService, type TestService } from './harness.ts'

let service: TestService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const ORG = '/api/0/organizations/acme'
const PROJECT = '/api/0/projects/acme/shop'

const send = async (method: string, path: string, body?: unknown) => {
  const response = await service.request(path, {
    method,
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as any }
}

describe.each([
  ['organization', ORG],
  ['project', PROJECT],
])('releases below the %s', (kind, base) => {
  const version = (name: string): string => `${name}-${kind}`

  test('are made once, and made again without harm', async () => {
    const body = { version: version('web@1.2.3+45'), projects: ['shop'], dateStarted: '2026-11-21T10:00:00Z' }
    expect(await send('POST', `${base}/releases/`, body)).toMatchObject({
      status: 201,
      body: { version: body.version },
    })
    expect((await send('POST', `${base}/releases/`, body)).status).toBe(208)
    const { status, body: read } = await send('GET', `${base}/releases/${encodeURIComponent(body.version)}/`)
    expect(status).toBe(200)
    expect(read).toMatchObject({ dateReleased: null, dateStarted: '2026-11-21T10:00:00.000Z' })
    expect(read.projects).toMatchObject([{ slug: 'shop' }])
    expect(Date.parse(read.dateCreated)).not.toBeNaN()
  })

  test('are made by finalizing them', async () => {
    const path = `${base}/releases/${version('never-created')}/`
    expect((await send('GET', path)).status).toBe(404)
    const body = { projects: ['shop'], dateReleased: '2026-11-21T11:00:00Z' }
    expect(await send('PUT', path, body)).toMatchObject({
      status: 200,
      body: { dateReleased: '2026-11-21T11:00:00.000Z' },
    })
    expect((await send('GET', path)).body.dateReleased).toBe('2026-11-21T11:00:00.000Z')
  })

  test('keep what a change does not name', async () => {
    const path = `${base}/releases/${version('kept')}/`
    await send('PUT', path, { projects: ['shop'], url: 'https://ci.test/1', dateReleased: '2026-11-21T11:00:00Z' })
    await send('PUT', path, { commits: [] })
    expect((await send('GET', path)).body).toMatchObject({
      url: 'https://ci.test/1',
      dateReleased: '2026-11-21T11:00:00.000Z',
    })
  })

  test('have commits, and the next release is told of them', async () => {
    const [first, second] = [version('commits-1'), version('commits-2')]
    const commit = {
      id: 'c0ffee',
      repository: 'acme/shop',
      author_name: 'Ada',
      author_email: 'ada@acme.test',
      message: 'Fix the cart',
      timestamp: '2026-11-20T10:00:00+01:00',
      patch_set: [{ path: 'src/cart.ts', type: 'M' }],
    }
    await send('PUT', `${base}/releases/${first}/`, { projects: ['shop'], commits: [commit, { id: 'older' }] })
    await send('PUT', `${base}/releases/${second}/`, { projects: ['shop'] })
    const { body: previous } = await send('GET', `${base}/releases/${second}/previous-with-commits/`)
    expect(previous).toMatchObject({ version: first, lastCommit: { id: 'c0ffee' }, commitCount: 2 })
    const { body: commits } = await send('GET', `${base}/releases/${first}/commits/`)
    expect(commits[0]).toEqual({
      id: 'c0ffee',
      message: 'Fix the cart',
      dateCreated: '2026-11-20T09:00:00.000Z',
      repository: { name: 'acme/shop' },
      author: { name: 'Ada', email: 'ada@acme.test' },
      patchSet: [{ path: 'src/cart.ts', type: 'M' }],
    })
  })

  test('have deploys', async () => {
    const path = `${base}/releases/${version('deployed')}/`
    const deploy = {
      environment: 'prod',
      name: null,
      url: null,
      dateStarted: null,
      dateFinished: '2026-11-21T12:00:00Z',
    }
    await send('PUT', path, { projects: ['shop'] })
    expect((await send('POST', `${path}deploys/`, deploy)).status).toBe(201)
    const { body } = await send('GET', `${path}deploys/`)
    expect(body).toMatchObject([{ environment: 'prod', dateFinished: '2026-11-21T12:00:00.000Z', name: null }])
  })

  test('are deleted', async () => {
    const path = `${base}/releases/${version('gone')}/`
    await send('PUT', path, { projects: ['shop'] })
    expect((await send('DELETE', path)).status).toBe(204)
    expect((await send('GET', path)).status).toBe(404)
    expect((await send('DELETE', path)).status).toBe(404)
  })
})

test('no previous release with commits is an empty object', async () => {
  const { status, body } = await send(
    'GET',
    '/api/0/organizations/acme/releases/web@1.2.3%2B45-organization/previous-with-commits/',
  )
  expect([status, body]).toEqual([200, {}])
})

test('releases are listed newest first, page by page', async () => {
  for (let number = 0; number < 105; number++)
    await send('PUT', `${ORG}/releases/many-${number}/`, { projects: ['shop'] })
  const first = await service.read(`${PROJECT}/releases/`)
  const versions = ((await first.json()) as { version: string }[]).map(({ version }) => version)
  expect([versions.length, versions[0]]).toEqual([100, 'many-104'])
  const next = /<http:\/\/foghorn\.test([^>]+)>; rel="next"; results="true"/.exec(first.headers.get('link') ?? '')?.[1]
  const second = await service.read(next!)
  const rest = ((await second.json()) as { version: string }[]).map(({ version }) => version)
  expect(rest[0]).toBe('many-4')
  expect(second.headers.get('link')).toContain('results="false"')
})

test('a release of another project is not below this one', async () => {
  await send('POST', `${ORG}/projects/`, { slug: 'other' })
  await send('PUT', '/api/0/projects/acme/other/releases/theirs/', {})
  expect((await send('GET', `${PROJECT}/releases/theirs/`)).status).toBe(404)
  expect((await send('GET', '/api/0/projects/acme/other/releases/theirs/')).status).toBe(200)
})

test('projects may be named by numbers', async () => {
  const { status, body } = await send('POST', `${ORG}/releases/`, {
    version: 'by-number',
    projects: [service.project.id, 'shop'],
  })
  expect([status, body.projects.length]).toEqual([201, 1])
})

test.each([
  [{ version: 'a/b', projects: ['shop'] }, 'version'],
  [{ version: '..', projects: ['shop'] }, 'version'],
  [{ projects: ['shop'] }, 'version'],
  [{ version: 'x', projects: ['ship'] }, 'There is no project "ship"'],
  [{ version: 'x', projects: ['shop'], dateReleased: 'yesterday' }, 'dateReleased'],
])('%j is refused', async (body, detail) => {
  const answer = await send('POST', `${ORG}/releases/`, body)
  expect(answer.status).toBe(400)
  expect(answer.body.detail).toContain(detail)
})

test('a token that only reads may not write', async () => {
  const token = await service.createToken('acme', ['project:read'])
  const headers = { authorization: `Bearer ${token}` }
  expect((await service.request(`${ORG}/releases/`, { headers })).status).toBe(200)
  const response = await service.request(`${ORG}/releases/`, { method: 'POST', headers, body: '{"version":"x"}' })
  expect(response.status).toBe(403)
})
