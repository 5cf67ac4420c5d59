import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { list } from 'tar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backUp } from '../src/backup/backup.ts'
import { effectiveSettings, readConfig } from '../src/config.ts'
import { examine } from '../src/doctor/doctor.ts'
import { createLog } from '../src/log.ts'
import { CLIENT } from './identity-provider.ts'
import { envelope, errorEvent, METRICS_TOKEN, newEventId, NOON, startService, type TestService } from './harness.ts'
import { everythingStored, onPostgres } from './main-store.ts'
import { MARK, revealed, revealing, walkAll } from './planted.ts'

let service: TestService
let folder: string
let owner: Record<string, string>
let issue: string
let event: string
const lines: string[] = []

/** What the running service writes about failures. */
const log = createLog('json', { write: (line: string) => void lines.push(line) })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foghorn-planted-'))
  const env = { FOGHORN_OIDC_ISSUER: 'http://127.0.0.1:9', FOGHORN_OIDC_CLIENT_ID: CLIENT.id }
  service = await startService({ env: { ...env, FOGHORN_OIDC_CLIENT_SECRET: `${MARK}-oidc` } })
  owner = await service.logInAs('owner@acme.test', 'owner')
  await service.post(service.envelopePath, envelope(revealing()))
  await service.digest()
  const [first] = (await (await service.read('/api/0/projects/acme/shop/issues/')).json()) as { id: string }[]
  issue = first!.id
  const events = await service.read(`/api/0/organizations/acme/issues/${issue}/events/`)
  event = ((await events.json()) as { eventID: string }[])[0]!.eventID
})
afterAll(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

const walk = (headers: Record<string, string>, body: string, query = ''): Promise<string[]> =>
  walkAll(service, { ids: { issue, event }, headers, body, query })

describe('secrets in events', () => {
  test('are not what the store keeps', async () => {
    const stored = await service.stores.events.find(service.project.id, event)
    expect(JSON.stringify(stored)).not.toContain(MARK)
  })

  test('are in no answer of the API', async () => {
    const answers = await walk(owner, '{}')
    expect(revealed(answers)).toEqual([])
    const shown = answers.find((answer) => answer.startsWith('GET /api/0/projects/:org/:project/events/:event/ 200'))
    expect(shown).toContain('[Filtered]')
  })

  test('are in no dead letter that is downloaded, nor in what is said about it', async () => {
    const broken = await startService({
      findMap: () => Promise.reject(new Error(`no map at https://maps:${MARK}-13@maps.test/?token=${MARK}-14`)),
    })
    await broken.post(broken.envelopePath, envelope({ ...revealing(), ...errorEvent() }))
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await broken.digest()
      broken.clock.now += 3_600_000
    }
    const letters = await (await broken.read('/api/0/projects/acme/shop/dead-letters/')).text()
    const [letter] = JSON.parse(letters) as { id: string }[]
    const path = `/api/0/projects/acme/shop/dead-letters/${letter!.id}/envelope/`
    for (const { error } of broken.failures) log.error({ err: error }, 'will be tried again')
    expect(broken.failures).toHaveLength(5)
    expect(revealed([letters, await (await broken.read(path)).text(), ...lines])).toEqual([])
    await broken.close()
  })
})

test('secrets in what comes beside events are not what the store keeps', async () => {
  const place = { release: `shop@1?access_token=${MARK}`, environment: `live?access_token=${MARK}` }
  const times = { start_timestamp: 1, timestamp: 2, measurements: { lcp: { value: 9 } } }
  const started = new Date(NOON).toISOString()
  const note = `password=${MARK}`
  const parts = [
    [{ type: 'session' }, { sid: newEventId(), started, status: 'ok', attrs: place }],
    [{ type: 'sessions' }, { aggregates: [{ started, exited: 2 }], attrs: place }],
    [{ type: 'transaction' }, { transaction: `/pay?access_token=${MARK}`, ...times, ...place }],
    [{ type: 'span' }, { ...times, data: { ...place, transaction: `/pay?access_token=${MARK}` } }],
    [{ type: 'attachment', filename: note, content_type: note }, {}],
  ]
  const lines = [{ event_id: newEventId() }, ...parts.flat()].map((part) => JSON.stringify(part))
  expect((await service.post(service.envelopePath, lines.join('\n'))).status).toBe(200)
  await service.digest()
  const stored = await everythingStored(service.data)
  expect(stored).toContain('live?access_token=[Filtered]')
  expect(revealed(stored.split('\n'))).toEqual([])
})

describe('secrets in requests', () => {
  const SECRET = `${MARK}-15`
  const body = JSON.stringify({
    ...Object.fromEntries(
      ['password', 'token', 'secret', 'days', 'status', 'orgRole', 'user'].map((name) => [name, SECRET]),
    ),
    scopes: [SECRET],
    rules: [SECRET],
    chunks: [SECRET],
  })

  test.each([
    ['as a token', { authorization: `Bearer ${SECRET}` }, '{}', ''],
    ['as a session', { cookie: `foghorn_session=${SECRET}` }, '{}', ''],
    ['in the query', {}, '{}', `?token=${SECRET}&code=${SECRET}&state=${SECRET}`],
    ['in a body', {}, body, ''],
    ['in a body that is cut off', {}, body.slice(0, -3), ''],
  ])('%s come back in no answer and no log line', async (_where, headers, text, query) => {
    expect(revealed(await walk({ ...owner, ...headers }, text, query))).toEqual([])
    for (const { error } of service.failures) log.error({ err: error }, 'request failed')
    expect(revealed(lines)).toEqual([])
  })

  test('come back in no page', async () => {
    const pages = ['/', `/login?next=${SECRET}`, `/setup?token=${SECRET}`, '/healthz', '/readyz', `/js/${SECRET}.js`]
    const told = async (path: string) => (await service.request(path, { headers: { cookie: SECRET } })).text()
    expect(revealed(await Promise.all(pages.map(told)))).toEqual([])
  })

  test.each([
    ['a key that is none', `?sentry_key=${SECRET}`, '{}'],
    ['a body that is none', '', SECRET],
    ['an item that is none', '', `{}\n{"type":"event"}\n{"password":"${SECRET}"`],
    ['a length that is none', '', `{}\n{"type":"event","length":"${SECRET}"}\n{}`],
  ])('at the door, as %s, come back in no answer', async (_what, query, text) => {
    const path = `/api/${service.project.id}/envelope/${query || `?sentry_key=${service.publicKey}`}`
    expect(await (await service.post(path, text)).text()).not.toContain(SECRET)
  })

  test('typed as the address at the log-in are not kept', async () => {
    await service.post('/api/0/session/', JSON.stringify({ email: SECRET, password: SECRET }), {
      'content-type': 'application/json',
    })
    expect(revealed(await walk(owner, '{}'))).toEqual([])
  })
})

describe('secrets in settings', () => {
  const env = {
    FOGHORN_METRICS_TOKEN: `${MARK}-of-the-metrics`,
    FOGHORN_OIDC_ISSUER: 'http://127.0.0.1:9',
    FOGHORN_OIDC_CLIENT_ID: CLIENT.id,
    FOGHORN_OIDC_CLIENT_SECRET: `${MARK}-of-the-client`,
    FOGHORN_SMTP_URL: `smtps://foghorn:${MARK}-of-the-mail@mail.test`,
    FOGHORN_MAIL_FROM: 'errors@mail.test',
    FOGHORN_SECRET_KEY: `${MARK}-of-the-vault`,
  }

  test('are in no list of what is in force, no finding, and no refusal', async () => {
    const settings = { ...env, FOGHORN_DATA: service.data }
    const shown = effectiveSettings(settings)
    expect(shown.filter(({ value }) => value === '(hidden)').map(({ variable }) => variable)).toEqual([
      'FOGHORN_METRICS_TOKEN',
      'FOGHORN_SMTP_URL',
      'FOGHORN_SECRET_KEY',
      'FOGHORN_OIDC_CLIENT_SECRET',
    ])
    expect(revealed([JSON.stringify(shown), JSON.stringify(await examine(readConfig(settings)))])).toEqual([])
    expect(() => readConfig({ FOGHORN_METRICS_TOKEN: 'planted' })).toThrow(/^(?!.*planted)/)
  })

  test('are in no log line when the provider of identities fails', async () => {
    await service.request('/api/0/session/sign-on/begin/')
    expect(service.failures.length).toBeGreaterThan(0)
    for (const { error } of service.failures) log.error({ err: error }, 'request failed')
    expect(revealed(lines)).toEqual([])
  })
})

test('metrics tell numbers, and need their token', async () => {
  const response = await service.request('/metrics', { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })
  expect(revealed([await response.text()])).toEqual([])
  const wrong = await service.request('/metrics', { headers: { authorization: `Bearer ${MARK}` } })
  expect([wrong.status, await wrong.text()]).toEqual([expect.any(Number), expect.not.stringContaining(MARK)])
  expect(wrong.status).not.toBe(200)
})

// A database has its own tools for that.
test.skipIf(onPostgres)('what a backup tells about itself has no secret in it', async () => {
  const file = join(folder, 'backup.tar.gz')
  const names: string[] = []
  const summary = await backUp(service.data, file)
  await list({ file, onReadEntry: ({ path }) => void names.push(path) })
  expect(names).toContain('manifest.json')
  expect(revealed([JSON.stringify(summary), ...names])).toEqual([])
})
