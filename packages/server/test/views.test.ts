import { afterAll, beforeAll, expect, test } from 'vitest'
import type { IssueJson } from '../src/api/shapes.ts'
import type { SavedViewJson, SourceLinesJson, TagKeyJson } from '../src/api/view-shapes.ts'
import { envelope, errorEvent, startService, type TestService } from './harness.ts'
import { bundleOf, DEBUG_ID, upload } from './upload.ts'

// Members see the projects of their teams: Ben and Vera the shop, Cleo none.
let service: TestService
const people: Record<string, Record<string, string>> = {}
let minified: { event_id: string }

const send = (path: string, method: string, body?: unknown, who = 'owner'): Promise<Response> =>
  service.request(`/api/0${path}`, {
    method,
    headers: { ...people[who], 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

const read = async <Body>(path: string, who = 'owner'): Promise<Body> => {
  const response = await service.request(`/api/0${path}`, { headers: people[who]! })
  expect([path, response.status]).toEqual([path, 200])
  return (await response.json()) as Body
}

const minifiedEvent = () =>
  errorEvent({
    tags: { plan: 'enterprise', 'a_b%c': 'x' },
    debug_meta: { images: [{ type: 'sourcemap', code_file: 'https://shop.test/static/app.js', debug_id: DEBUG_ID }] },
    exception: {
      values: [
        {
          type: 'Error',
          value: 'x',
          stacktrace: {
            frames: [{ filename: 'https://shop.test/static/app.js', function: 'f', lineno: 1, colno: 10 }],
          },
        },
      ],
    },
  })

const unmappedEvent = () =>
  errorEvent({
    tags: { plan: 'free' },
    exception: {
      values: [
        {
          type: 'Error',
          value: 'unmapped',
          stacktrace: { frames: [{ filename: 'https://cdn.test/other.js', function: 'g', lineno: 7, colno: 7 }] },
        },
      ],
    },
  })

beforeAll(async () => {
  service = await startService()
  for (const [name, role] of Object.entries({ owner: 'owner', ben: 'member', vera: 'viewer', cleo: 'member' } as const))
    people[name] = await service.logInAs(`${name}@acme.test`, role)
  const { organizationId } = service.project
  const safe = (await service.stores.projects.create({ organizationId, slug: 'safe', name: 'Safe' }))!
  const [key] = await service.stores.projects.keys(safe.id)
  await upload(service, bundleOf())
  minified = minifiedEvent()
  await service.post(service.envelopePath, envelope(minified))
  for (let times = 0; times < 2; times += 1) await service.post(service.envelopePath, envelope(unmappedEvent()))
  await service.post(
    `/api/${safe.id}/envelope/?sentry_key=${key!.publicKey}`,
    envelope(errorEvent({ tags: { plan: 'hidden', vault: 'seven' } })),
  )
  await service.digest()
  await send('/organizations/acme/', 'PUT', { openMembership: false })
  await send('/organizations/acme/teams/', 'POST', { slug: 'web' })
  await send('/projects/acme/shop/teams/web/', 'POST')
  for (const name of ['ben', 'vera']) {
    const { id } = (await service.stores.accounts.byEmail(`${name}@acme.test`))!
    await send(`/organizations/acme/members/${id}/teams/web/`, 'POST')
  }
})
afterAll(() => service.close())

const VIEWS = '/organizations/acme/saved-views/'

const namesFor = async (who: string): Promise<string[]> =>
  (await read<SavedViewJson[]>(VIEWS, who)).map(({ name }) => name)

test('a view is its maker’s until it is shared with a project, and then of all who see that project', async () => {
  const project = String(service.project.id)
  const own = { name: 'Mine', query: 'is:unresolved assigned:me', sort: 'freq', statsPeriod: '7d' }
  expect((await send(VIEWS, 'POST', own, 'vera')).status).toBe(201)
  const shared = { name: 'Paying', query: 'plan:enterprise', environment: 'production', project, isShared: true }
  const made = (await (await send(VIEWS, 'POST', shared, 'ben')).json()) as SavedViewJson
  expect(made).toMatchObject({ ...shared, sort: 'date', statsPeriod: null, isOwn: true, author: 'ben@acme.test' })

  expect([await namesFor('vera'), await namesFor('ben'), await namesFor('cleo')]).toEqual([
    ['Mine', 'Paying'],
    ['Paying'],
    [],
  ])
  expect((await send(`${VIEWS}${made.id}/`, 'DELETE', undefined, 'cleo')).status).toBe(404)
  expect((await send(`${VIEWS}${made.id}/`, 'DELETE', undefined, 'vera')).status).toBe(403)
  expect((await send(`${VIEWS}${made.id}/`, 'DELETE', undefined, 'owner')).status).toBe(204)
  expect(await namesFor('vera')).toEqual(['Mine'])
})

test('sharing takes what working on issues takes, and a view that cannot be searched is not kept', async () => {
  const project = String(service.project.id)
  const view = { name: 'All', query: '', project, isShared: true }
  const status = async (body: object, who: string) => (await send(VIEWS, 'POST', body, who)).status
  expect(await status(view, 'vera')).toBe(403)
  expect(await status(view, 'cleo')).toBe(400)
  expect(await status({ name: 'All', query: '', isShared: true }, 'ben')).toBe(400)
  expect(await status({ name: 'Wrong', query: 'is:nonsense' }, 'ben')).toBe(400)
  expect(await status({ name: '  ', query: '' }, 'ben')).toBe(400)
  const byToken = await service.request(`/api/0${VIEWS}`, {
    method: 'POST',
    body: JSON.stringify({ name: 'Token', query: '' }),
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
  })
  expect(byToken.status).toBe(403)
})

test('nobody keeps more than a hundred views', async () => {
  for (let number = 0; number < 100; number += 1)
    expect((await send(VIEWS, 'POST', { name: `View ${number}`, query: '' }, 'cleo')).status).toBe(201)
  const refused = await send(VIEWS, 'POST', { name: 'One more', query: '' }, 'cleo')
  expect([refused.status, await refused.json()]).toMatchObject([400, { detail: /100 views/ }])
})

test('a search is completed with the tags of what the asker sees, the most frequent value first', async () => {
  const keys = async (who: string) => (await read<TagKeyJson[]>('/organizations/acme/tags/', who)).map(({ key }) => key)
  expect(await keys('ben')).toEqual(expect.arrayContaining(['plan', 'level', 'environment']))
  expect([(await keys('ben')).includes('vault'), (await keys('owner')).includes('vault')]).toEqual([false, true])
  expect(await keys('cleo')).toEqual([])

  const values = (key: string, query: string, who = 'ben') =>
    read(`/organizations/acme/tags/${encodeURIComponent(key)}/values/?query=${encodeURIComponent(query)}`, who)
  expect(await values('plan', '')).toMatchObject([
    { value: 'free', count: 2 },
    { value: 'enterprise', count: 1 },
  ])
  expect(await values('plan', 'PRISE')).toMatchObject([{ key: 'plan', value: 'enterprise' }])
  expect([await values('plan', '%'), await values('plan', '_'), await values('vault', '')]).toEqual([[], [], []])
  expect(await values('a_b%c', '')).toMatchObject([{ value: 'x' }])
})

test('links to sources lead to the web or into an editor, and nowhere else', async () => {
  const path = '/projects/acme/shop/source-links/'
  const put = async (links: object, who = 'owner') => (await send(path, 'PUT', links, who)).status
  expect(await read(path)).toEqual({ repository: '', editor: '' })
  const links = {
    repository: 'https://git.example.com/shop/blob/{commit}/{path}#L{line}',
    editor: 'vscode://file/home/ada/shop/{path}:{line}:{column}',
  }
  expect(await put(links)).toBe(200)
  expect(await read(path, 'vera')).toEqual(links)
  for (const wrong of [
    'javascript:alert(1)//{path}',
    'javascript://%0aalert(1)/{path}',
    '{path}://x',
    'data:text/html,{path}',
    ' file:///{path}',
    'https://git.example.com/',
    'https://git.example.com/{path}/{what}',
    'https:{path}',
  ])
    expect([wrong, await put({ ...links, editor: wrong })]).toEqual([wrong, 400])
  expect(await put({ ...links, repository: 'vscode://file/{path}' })).toBe(400)
  expect(await put(links, 'ben')).toBe(403)
  expect(await read(path)).toEqual(links)
})

test('more of the source than an event keeps is read from its map', async () => {
  const source = `/projects/acme/shop/events/${minified.event_id}/source/`
  const { lines } = await read<SourceLinesJson>(`${source}?exception=0&frame=0&around=1`)
  expect(lines).toEqual([
    [1, 'export const fail = () => {'],
    [2, '  throw new Error("x")'],
    [3, '}'],
  ])
  expect((await read<SourceLinesJson>(`${source}?exception=0&frame=0`)).lines.at(0)).toEqual(lines[0])
  const status = async (query: string, who = 'owner') =>
    (await send(`${source}?${query}`, 'GET', undefined, who)).status
  expect(await status('exception=0&frame=9')).toBe(404)
  expect(await status('exception=0&frame=0&around=201')).toBe(400)
  expect(await status('exception=0&frame=0', 'cleo')).toBe(404)

  // A frame without a map has nothing more to show.
  const [other] = await read<IssueJson[]>('/organizations/acme/issues/?query=plan:free')
  const event = await read<{ eventID: string }>(`/organizations/acme/issues/${other!.id}/events/latest/`)
  expect(await read(`/projects/acme/shop/events/${event.eventID}/source/?exception=0&frame=0`)).toEqual({ lines: [] })
})
