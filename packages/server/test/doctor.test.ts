import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { sqlArtifactRecords } from '../src/adapters/sql/artifact-records.ts'
import { storeFile } from '../src/artifacts/stored-files.ts'
import { readConfig } from '../src/config.ts'
import { countAgain, examine } from '../src/doctor/doctor.ts'
import { openStores } from '../src/stores.ts'
import { envelope, errorEvent, NOON, ORIGIN, startService, type TestService } from './harness.ts'
import { CLIENT, startIdentityProvider } from './identity-provider.ts'
import { openDatabase } from './main-store.ts'

let service: TestService
let hash: string
beforeEach(async () => {
  service = await startService()
  service.clock.now = Date.now()
  for (let index = 0; index < 3; index += 1) await service.post(service.envelopePath, envelope(errorEvent()))
  await service.digest()
  hash = await storeFile(service.stores.blobs, Buffer.from('{"version":3}'))
  const file = {
    kind: 'map' as const,
    debugId: null,
    url: '~/app.js.map',
    scriptUrl: '~/app.js',
    hash,
    scriptHash: null,
    size: 13,
  }
  const db = await openDatabase(service.data)
  await sqlArtifactRecords(db, () => NOON).addBundle({
    projectIds: [service.project.id],
    checksum: 'a'.repeat(40),
    release: 'shop@1',
    dist: null,
    size: 13,
    files: [file],
  })
  await db.destroy()
})
afterEach(() => service.close())

const config = () => readConfig({ FOGHORN_DATA: service.data })

const change = (file: string, statement: string): void => {
  const db = new Libsql(join(service.data, file))
  db.exec(statement)
  db.close()
}

/** What is not in order. The machine that runs the tests may have an old Node or a full disk. */
const complaints = async () =>
  (await examine(config())).filter(({ check, severity }) => severity !== 'ok' && !['runtime', 'disk'].includes(check))

const blobPath = (): string => join(service.data, 'artifacts/file', hash.slice(0, 2), hash)

test('a sound installation gives no complaint, and every check was made', async () => {
  expect(await complaints()).toEqual([])
  expect((await examine(config())).map(({ check }) => check)).toEqual([
    'runtime',
    'configuration',
    'folder',
    'disk',
    'databases',
    'schema',
    'indexes',
    'inbox',
    'clock',
    'counters',
    'artifacts',
  ])
})

test.each<[string, () => void, string, RegExp]>([
  [
    'a wrong counter',
    () => change('foghorn.db', 'UPDATE issue SET event_count = 7'),
    'counters',
    /says 7 for events, a recount gives 3/,
  ],
  ['a missing index', () => change('foghorn.db', 'DROP INDEX event_by_issue'), 'indexes', /event_by_issue is missing/],
  [
    'a clock that was set back',
    () => change('foghorn.db', 'UPDATE event SET received_at = 9e12'),
    'clock',
    /newest event was received at 2255/,
  ],
  [
    'an older schema',
    () => change('foghorn.db', "DELETE FROM kysely_migration WHERE name = '0007-operation'"),
    'schema',
    /0007-operation are to come/,
  ],
  [
    'a newer schema',
    () => change('foghorn.db', "INSERT INTO kysely_migration VALUES ('9999-x', '')"),
    'schema',
    /A newer Foghorn wrote/,
  ],
  ['a missing artifact', () => rmSync(blobPath()), 'artifacts', /app.js of shop@1 is missing/],
  ['a damaged artifact', () => writeFileSync(blobPath(), 'noise'), 'artifacts', /app.js of shop@1 is damaged/],
  ['an open folder', () => chmodSync(service.data, 0o755), 'folder', /Other users/],
  [
    'a request set aside',
    () => change('inbox.db', "INSERT INTO dead_letter SELECT 1, 1, 1, '', '', x'00', 'because'"),
    'inbox',
    /1 accepted requests/,
  ],
])('%s is found, with what to do', async (_name, damage, check, finding) => {
  damage()
  const found = await complaints()
  expect(found).toContainEqual({
    check,
    severity: expect.any(String),
    finding: expect.stringMatching(finding),
    advice: expect.stringMatching(/\w/),
  })
  expect(found.every((one) => one.check === check)).toBe(true)
})

test('a damaged database is found', async () => {
  const data = mkdtempSync(join(tmpdir(), 'foghorn-doctor-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  await (await openStores(data)).close()
  const db = new Libsql(join(data, 'foghorn.db'))
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  const bytes = readFileSync(join(data, 'foghorn.db'))
  writeFileSync(join(data, 'foghorn.db'), bytes.fill(1, 8192, 40_000))
  expect(await examine(readConfig({ FOGHORN_DATA: data }))).toContainEqual(
    expect.objectContaining({
      check: 'databases',
      severity: 'error',
      advice: expect.stringContaining('foghorn restore'),
    }),
  )
})

test('a recount puts the counters right', async () => {
  change('foghorn.db', 'UPDATE issue SET event_count = 7, user_count = 9')
  expect(await countAgain(config())).toBe(1)
  expect(await complaints()).toEqual([])
})

test('a folder without a store is one finding, not many', async () => {
  const findings = await examine(readConfig({ FOGHORN_DATA: '/nowhere' }))
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([
    expect.objectContaining({ check: 'folder', finding: 'There is no store in /nowhere.' }),
  ])
})

test('a provider of identities that does not answer is named, with what to check', async () => {
  const provider = await startIdentityProvider({ origin: ORIGIN })
  const env = { FOGHORN_OIDC_ISSUER: provider.issuer, FOGHORN_OIDC_CLIENT_ID: CLIENT.id }
  const look = async () =>
    (await examine(readConfig({ ...env, FOGHORN_DATA: service.data }))).filter(({ check }) => check === 'sign-on')
  expect(await look()).toMatchObject([{ severity: 'ok' }])
  await provider.close()
  expect(await look()).toMatchObject([
    { severity: 'error', finding: expect.stringContaining(provider.issuer), advice: expect.stringContaining('ISSUER') },
  ])
})
