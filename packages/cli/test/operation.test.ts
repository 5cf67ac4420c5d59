import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from './program.ts'
import { foghorn, startService, type Service } from './service.ts'

let service: Service
let event: string
beforeAll(async () => {
  service = await startService()
  event = await service.send([{ function: 't', lineno: 1, colno: 30 }], {
    user: { id: 'ada-1', email: 'ada@acme.test' },
  })
})
afterAll(() => service.close())

const run = (...args: string[]) => foghorn([...args, '--data', service.data])

// Of what Linux tells of its processes; elsewhere it is the same script.
test.runIf(existsSync('/proc'))('the service runs in the process that was started, with a small nursery', () => {
  const command = readFileSync(`/proc/${service.pid()}/cmdline`, 'utf8').split('\0')
  expect(command).toEqual(expect.arrayContaining(['node', expect.stringMatching(/^--max-semi-space-size=/), 'serve']))
  expect(readFileSync(`/proc/${service.pid()}/environ`, 'utf8')).toContain('MALLOC_ARENA_MAX=')
})

test('doctor finds a running service in order', async () => {
  await expect.poll(async () => (await service.read(event)).status).toBe(200)
  const { code, stdout } = await run('doctor', '--json')
  const findings = JSON.parse(stdout) as { check: string; severity: string }[]
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(findings.map(({ check }) => check)).toEqual(expect.arrayContaining(['databases', 'counters', 'artifacts']))
  expect(code).toBe(0)
})

test('doctor says what is wrong and what to do, and a recount puts it right', async () => {
  const db = new Libsql(join(service.data, 'foghorn.db'))
  db.exec('UPDATE issue SET event_count = 99')
  db.close()
  const sick = await run('doctor')
  expect([sick.code, sick.stdout]).toEqual([
    1,
    expect.stringContaining('-> Count again with: foghorn doctor --recount'),
  ])
  const healed = await run('doctor', '--recount')
  expect([healed.code, healed.stdout]).toEqual([0, expect.stringContaining('Counters of 1 issue corrected.')])
})

test("a person's data is exported, erased with a receipt, and gone, while the service runs", async () => {
  const person = ['--org', 'acme', '--email', 'Ada@acme.test']
  const exported = await run('export', ...person)
  expect(JSON.parse(exported.stdout)).toMatchObject({ kind: 'event', project: 'shop', data: { eventId: event } })
  const { stdout } = await run('erase', ...person, '--json')
  expect(JSON.parse(stdout)).toMatchObject({ erased: { events: 1, issues: 1 } })
  expect(await run('export', ...person)).toMatchObject({ code: 0, stdout: '' })
  expect((await service.read(event)).status).toBe(404)
})

test('tokens are listed with their last use and expiry, and revoked', async () => {
  const made = await run('token', 'create', '--org', 'acme', '--name', 'CI', '--expires-in-days', '30', '--json')
  const { token } = JSON.parse(made.stdout)
  const ask = () =>
    fetch(`${service.url()}/api/0/organizations/acme/`, { headers: { authorization: `Bearer ${token}` } })
  expect((await ask()).status).toBe(200)
  const { stdout } = await run('token', 'list', '--org', 'acme', '--json')
  const [record] = JSON.parse(stdout)
  expect(record).toMatchObject({ name: 'CI', ending: token.slice(-4), lastUsedAt: expect.any(Number) })
  expect(Math.round((record.expiresAt - record.createdAt) / 86_400_000)).toBe(30)
  expect(stdout).not.toContain(token)
  expect((await run('token', 'revoke', String(record.id), '--org', 'acme')).code).toBe(0)
  expect((await ask()).status).toBe(401)
})

test.each([
  [['token', 'revoke', '999', '--org', 'acme'], 'There is no token 999 in acme.'],
  [['token', 'create', '--org', 'acme', '--expires-in-days', 'soon'], 'must be a whole number from 1 to 9999'],
  [['export', '--org', 'acme'], 'Say who it is about: --user, --email or --ip'],
  [['erase', '--org', 'nobody', '--user', '1'], 'There is no organization nobody.'],
])('%j is refused in one sentence', async (args, message) => {
  const { code, stderr } = await run(...args)
  expect([code, stderr]).toEqual([1, expect.stringContaining(message)])
})

test('doctor on an empty folder says where it looked', async () => {
  const data = temporaryFolder()
  const { code, stdout } = await foghorn(['doctor', '--data', data])
  expect([code, stdout]).toEqual([1, expect.stringContaining(`There is no store in ${data}`)])
})
