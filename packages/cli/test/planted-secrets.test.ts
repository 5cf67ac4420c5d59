// Secrets in settings, requests and events of a running service: its output, its commands and its files are looked through.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { BIN, foghorn } from './service.ts'

const MARK = 'planted0secret'

const data = mkdtempSync(join(tmpdir(), 'foghorn-planted-'))

// Nothing listens on port 9: the mail server and the provider fail, which is logged.
const SETTINGS = {
  FOGHORN_DATA: data,
  FOGHORN_LOG_FORMAT: 'json',
  FOGHORN_METRICS_TOKEN: `${MARK}-of-the-metrics`,
  FOGHORN_SECRET_KEY: `${MARK}-of-the-vault`,
  FOGHORN_SMTP_URL: `smtp://foghorn:${MARK}-of-the-mail@127.0.0.1:9`,
  FOGHORN_MAIL_FROM: 'errors@example.com',
  FOGHORN_OIDC_ISSUER: 'http://127.0.0.1:9',
  FOGHORN_OIDC_CLIENT_ID: 'foghorn',
  FOGHORN_OIDC_CLIENT_SECRET: `${MARK}-of-the-client`,
}

let service: ChildProcess
let output = ''
let url: string
let project: { id: string; publicKey: string }
let token: string

beforeAll(async () => {
  const env = { PATH: process.env['PATH']!, ...SETTINGS }
  service = spawn(process.execPath, [BIN, 'serve', '--port', '0'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [service.stdout!, service.stderr!])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await vi.waitFor(() => expect(output).toMatch(/^Foghorn is at \S+$/m), { timeout: 60_000 })
  url = /^Foghorn is at (\S+)$/m.exec(output)![1]!
  project = JSON.parse((await foghorn(['project', 'create', 'acme/shop', '--json'], SETTINGS)).stdout)
  ;({ token } = JSON.parse((await foghorn(['token', 'create', '--org', 'acme', '--json'], SETTINGS)).stdout))
})
afterAll(async () => {
  const exit = once(service, 'exit')
  service.kill('SIGTERM')
  await exit
  rmSync(data, { recursive: true, force: true })
})

const ask = (method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`${url}/api/0${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

const revealing = {
  platform: 'javascript',
  message: `refused: password=${MARK}-1 for postgres://shop:${MARK}-2@db.test/shop`,
  extra: { password: `${MARK}-3` },
  request: { url: `https://shop.test/?access_token=${MARK}-4`, headers: { Cookie: `${MARK}-5` } },
}

const send = (event: object): Promise<Response> =>
  fetch(`${url}/api/${project.id}/envelope/?sentry_key=${project.publicKey}`, {
    method: 'POST',
    body: [{}, { type: 'event' }, event].map((line) => JSON.stringify(line)).join('\n'),
  })

/** Mails fail; what is said of it is what people see. */
const untilAMailHasFailed = async (): Promise<string> => {
  const target = { kind: 'email', to: ['ada@example.com'] }
  const channel = (await (await ask('POST', '/organizations/acme/channels/', { name: 'all', target })).json()) as {
    id: string
  }
  const steps = [{ afterMinutes: 0, channels: [Number(channel.id)] }]
  await ask('POST', '/projects/acme/shop/alert-rules/', { name: 'new', trigger: { when: 'new-issue' }, steps })
  expect((await send(revealing)).status).toBe(200)
  const deliveries = async (): Promise<string> =>
    (await ask('GET', `/organizations/acme/channels/${channel.id}/deliveries/`)).text()
  await expect.poll(deliveries).toMatch(/"attempts":[1-9]/)
  return deliveries()
}

test('nothing that the service writes or answers reveals them', async () => {
  const answers = [await untilAMailHasFailed()]
  const visit = async (path: string, init: RequestInit = {}): Promise<void> =>
    void answers.push(await (await fetch(url + path, { redirect: 'manual', ...init })).text())
  await visit('/api/0/session/sign-on/begin/')
  await visit(`/login?next=${MARK}`)
  await visit(`/setup?token=${MARK}`)
  await visit(`/nothing/${MARK}.js`)
  await visit('/api/0/organizations/', {
    headers: { authorization: `Bearer ${MARK}`, cookie: `foghorn_session=${MARK}` },
  })
  await visit('/metrics', { headers: { authorization: `Bearer ${MARK}` } })
  await visit('/api/0/session/', {
    method: 'POST',
    body: `{"password":"${MARK}"`,
    headers: { 'content-type': 'application/json' },
  })
  expect(answers.filter((text) => text.includes(MARK))).toEqual([])
  expect(output).toContain('fetch failed')
  expect(output).not.toContain(MARK)
})

test('no command reveals them, right settings or wrong ones', async () => {
  const wrong = {
    FOGHORN_SMTP_URL: `${MARK}://x`,
    FOGHORN_METRICS_TOKEN: 'planted0',
    FOGHORN_OIDC_ISSUER: `ftp://x:${MARK}@y`,
  }
  const runs = [
    await foghorn(['config'], SETTINGS),
    await foghorn(['doctor'], SETTINGS),
    await foghorn(['backup', join(data, 'backup.tar.gz')], SETTINGS),
    await foghorn(['serve'], { ...SETTINGS, ...wrong }),
    await foghorn(['sourcemaps', 'upload', data], {
      FOGHORN_URL: `http://x:${MARK}@127.0.0.1:9`,
      FOGHORN_AUTH_TOKEN: `fgh_${MARK}`,
      FOGHORN_ORG: 'a',
      FOGHORN_PROJECT: 'b',
    }),
  ]
  expect(runs[0]!.stdout).toContain('(hidden)')
  const told = runs.map(({ stdout, stderr }) => stdout + stderr)
  expect(told.filter((text) => text.includes('planted0'))).toEqual([])
})

test('no file that the service keeps reveals them', () => {
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files.length).toBeGreaterThan(2)
  const revealed = files.filter(({ parentPath, name }) => readFileSync(join(parentPath, name)).includes(MARK))
  // What came in waits in the inbox as it came until it is digested, and its log is written over later.
  expect(revealed.map(({ name }) => name).filter((name) => !name.startsWith('inbox.db'))).toEqual([])
})
