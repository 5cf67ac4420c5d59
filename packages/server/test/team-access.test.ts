import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '../src/ports/accounts.ts'
import type { Project } from '../src/ports/projects.ts'
import { envelope, errorEvent, startService, type TestService } from './harness.ts'
import { ROUTES } from './route-table.ts'

// The organization has two projects: the web team looks after the shop, nobody after the safe.
let service: TestService
let safe: Project
let owner: Record<string, string>
beforeAll(async () => {
  service = await startService()
  owner = await service.logInAs('owner@acme.test', 'owner')
  const { organizationId } = service.project
  safe = (await service.stores.projects.create({ organizationId, slug: 'safe', name: 'Safe' }))!
  const [key] = await service.stores.projects.keys(safe.id)
  await service.post(service.envelopePath, envelope(errorEvent()))
  const inSafe = errorEvent({ exception: { values: [{ type: 'SafeError', value: 'the safe is open' }] } })
  await service.post(`/api/${safe.id}/envelope/?sentry_key=${key!.publicKey}`, envelope(inSafe))
  await service.digest()
  await send('/organizations/acme/teams/', 'POST', { slug: 'web' })
  await send('/projects/acme/shop/teams/web/', 'POST')
})
afterAll(() => service.close())

const send = (path: string, method: string, body?: object, headers = owner): Promise<Response> =>
  service.request(`/api/0${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })

const read = async <Body>(path: string, headers: Record<string, string>): Promise<Body> =>
  (await (await service.request(`/api/0${path}`, { headers })).json()) as Body

const setOpen = (openMembership: boolean) => send('/organizations/acme/', 'PUT', { openMembership })

/** Somebody with a role in the organization and, perhaps, one in the web team. */
const member = async (
  name: string,
  role: Role,
  team?: { teamRole: string | null },
): Promise<Record<string, string>> => {
  const headers = await service.logInAs(`${name}@acme.test`, role)
  const { id } = (await service.stores.accounts.byEmail(`${name}@acme.test`))!
  if (team) await send(`/organizations/acme/members/${id}/teams/web/`, 'POST', team)
  return headers
}

const slugs = async (headers: Record<string, string>): Promise<string[]> =>
  (await read<{ slug: string }[]>('/organizations/acme/projects/', headers)).map(({ slug }) => slug)

const seenIssues = async (headers: Record<string, string>): Promise<string[]> =>
  (await read<{ project: { slug: string } }[]>('/organizations/acme/issues/', headers)).map(
    (issue) => issue.project.slug,
  )

const issueOf = async (project: string): Promise<string> =>
  (await read<{ id: string }[]>(`/projects/acme/${project}/issues/`, owner))[0]!.id

describe('an open organization', () => {
  test('shows every project to every member, as it says of itself', async () => {
    expect(await read('/organizations/acme/', owner)).toMatchObject({ openMembership: true })
    expect(await slugs(await member('open-viewer', 'viewer'))).toEqual(['safe', 'shop'])
  })
})

describe('an organization by team', () => {
  beforeAll(async () => {
    expect(await (await setOpen(false)).json()).toMatchObject({ openMembership: false })
  })

  test('shows owners and admins every project, others those of their teams', async () => {
    expect(await slugs(owner)).toEqual(['safe', 'shop'])
    expect(await slugs(await member('admin', 'admin'))).toEqual(['safe', 'shop'])
    const [inTeam, outside] = [await member('ben', 'member', { teamRole: null }), await member('cleo', 'member')]
    expect([await slugs(inTeam), await seenIssues(inTeam)]).toEqual([['shop'], ['shop']])
    expect([await slugs(outside), await seenIssues(outside)]).toEqual([[], []])
  })

  test('a project of no team of theirs does not exist for a member, on whatever path', async () => {
    const headers = await member('dora', 'member', { teamRole: 'admin' })
    const issue = await issueOf('safe')
    const [event] = await read<{ eventID: string }[]>(`/organizations/acme/issues/${issue}/events/`, owner)
    const names: Record<string, string> = { org: 'acme', project: 'safe', issue, event: event!.eventID }
    for (const project of ['safe', String(safe.id)])
      for (const route of Object.keys(ROUTES).filter((one) => /:(project|issue)\b/.test(one))) {
        const [method, path] = route.split(' ') as [string, string]
        const address = path.replaceAll(/:(\w+)/g, (_whole, name: string) => ({ ...names, project })[name] ?? '999999')
        const { status } = await send(
          address.slice('/api/0'.length),
          method,
          method === 'GET' ? undefined : {},
          headers,
        )
        // 400: the body is looked at first.
        expect([route, status === 404 || (status === 400 && !route.includes(':project'))]).toEqual([route, true])
      }
  })

  test('a project of no team of theirs cannot be named in a query or a body either', async () => {
    const headers = await member('emil', 'member', { teamRole: null })
    const [hidden, seen] = [await issueOf('safe'), await issueOf('shop')]
    const statusOf = async (path: string, method = 'GET', body?: object) =>
      (await send(path, method, body, headers)).status
    expect(await statusOf(`/organizations/acme/issues/merge-preview/?id=${seen}&id=${hidden}`)).toBe(404)
    expect(await statusOf(`/organizations/acme/issues/?id=${seen}&id=${hidden}`, 'PUT', { merge: 1 })).toBe(404)
    expect(await read(`/organizations/acme/issues/?project=${safe.id}`, headers)).toEqual([])
    const release = { version: 'safe@1', projects: ['safe'] }
    expect(await statusOf('/organizations/acme/releases/', 'POST', release)).toBe(400)
    const chunk = 'a'.repeat(40)
    const bundle = { checksum: chunk, chunks: [chunk], projects: ['safe'] }
    expect(await statusOf('/organizations/acme/artifactbundle/assemble/', 'POST', bundle)).toBe(400)
  })

  test('no list of the organization tells of a hidden project', async () => {
    await send('/organizations/acme/teams/', 'POST', { slug: 'keepers' })
    await send('/projects/acme/safe/teams/keepers/', 'POST')
    const headers = await member('olga', 'member', { teamRole: 'admin' })
    const lists = Object.keys(ROUTES).filter(
      (route) => /^GET .*\/:org\//.test(route) && !/:(project|issue)\b/.test(route),
    )
    for (const route of lists) {
      const address = route
        .slice('GET '.length)
        .replaceAll(/:(\w+)/g, (_whole, name: string) => (name === 'org' ? 'acme' : 'keepers'))
      const response = await service.request(address, { headers })
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
      if (isStream) await response.body?.cancel()
      else expect([route, /SafeError|"safe"|SAFE-/.test(await response.text())]).toEqual([route, false])
    }
  })

  test('releases of hidden projects are hidden', async () => {
    await send('/organizations/acme/releases/', 'POST', { version: 'safe@1', projects: ['safe'] })
    await send('/organizations/acme/releases/', 'POST', { version: 'both@1', projects: ['safe', 'shop'] })
    const headers = await member('finn', 'member', { teamRole: null })
    const list = await read<{ version: string; projects: { slug: string }[] }[]>(
      '/organizations/acme/releases/',
      headers,
    )
    expect(list.map(({ version, projects }) => [version, projects.map(({ slug }) => slug)])).toEqual([
      ['both@1', ['shop']],
    ])
    expect((await send('/organizations/acme/releases/safe@1/', 'GET', undefined, headers)).status).toBe(404)
    expect((await send('/organizations/acme/releases/safe@1/', 'DELETE', undefined, headers)).status).toBe(404)
  })

  test('whoever leaves the team, or sees the team leave the project, sees it no more', async () => {
    const headers = await member('gita', 'viewer', { teamRole: null })
    const { id } = (await service.stores.accounts.byEmail('gita@acme.test'))!
    expect(await slugs(headers)).toEqual(['shop'])
    await send('/projects/acme/shop/teams/web/', 'DELETE')
    expect(await slugs(headers)).toEqual([])
    await send('/projects/acme/shop/teams/web/', 'POST')
    expect(await slugs(headers)).toEqual(['shop'])
    await send(`/organizations/acme/members/${id}/teams/web/`, 'DELETE')
    expect(await slugs(headers)).toEqual([])
  })
})

describe('a role in a team', () => {
  const change = async (project: string, headers: Record<string, string>): Promise<number> =>
    (await send(`/organizations/acme/issues/${await issueOf(project)}/`, 'PUT', { status: 'unresolved' }, headers))
      .status
  const limits = async (project: string, headers: Record<string, string>): Promise<number> =>
    (await send(`/projects/acme/${project}/retention/`, 'PUT', { days: 30 }, headers)).status

  beforeAll(() => setOpen(true))

  test("adds to what a member may do, for the team's projects alone", async () => {
    const viewer = await member('hugo', 'viewer', { teamRole: 'member' })
    expect([await change('shop', viewer), await change('safe', viewer)]).toEqual([200, 403])
    expect(await limits('shop', viewer)).toBe(403)
    const admin = await member('ines', 'viewer', { teamRole: 'admin' })
    expect([await limits('shop', admin), await limits('safe', admin)]).toEqual([200, 403])
  })

  test('takes nothing away, and gives nothing in the organization', async () => {
    expect(await change('shop', await member('jan', 'member', { teamRole: 'viewer' }))).toBe(200)
    const admin = await member('kim', 'viewer', { teamRole: 'admin' })
    expect((await send('/organizations/acme/projects/', 'POST', { slug: 'mine' }, admin)).status).toBe(403)
    expect((await send('/organizations/acme/teams/', 'POST', { slug: 'mine' }, admin)).status).toBe(403)
    expect((await setOpen(false)).status).toBe(200)
    expect((await send('/organizations/acme/', 'PUT', { openMembership: true }, admin)).status).toBe(403)
  })

  test('is changed by PUT, shown with the member, and never that of an owner', async () => {
    await member('lea', 'viewer', { teamRole: 'viewer' })
    const { id } = (await service.stores.accounts.byEmail('lea@acme.test'))!
    const path = `/organizations/acme/members/${id}/`
    expect((await send(`${path}teams/web/`, 'PUT', { teamRole: 'admin' })).status).toBe(200)
    expect(await read(path, owner)).toMatchObject({ teams: ['web'], teamRoles: [{ teamSlug: 'web', role: 'admin' }] })
    expect((await send(`${path}teams/web/`, 'PUT', { teamRole: 'owner' })).status).toBe(400)
  })
})

test('tokens of an organization by team reach every project', async () => {
  await setOpen(false)
  expect(await slugs({ authorization: `Bearer ${service.token}` })).toEqual(['safe', 'shop'])
})
