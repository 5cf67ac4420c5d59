import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterEach, expect, test } from 'vitest'
import { openAdmin } from '../src/admin.ts'
import { refuseDatabase } from '../src/backup/refuse-database.ts'
import { readConfig } from '../src/config.ts'
import { countAgain, examine } from '../src/doctor/doctor.ts'
import { upgrade } from '../src/upgrade.ts'
import { createEmptyStore, dropStore, openDatabase, storeEnvironment, storeOptions } from './main-store.ts'
import { freePort } from './nats-server.ts'
import { runPostgres } from './run-postgres.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

const emptyStore = async (): Promise<string> => {
  const data = mkdtempSync(join(tmpdir(), 'foghorn-operation-'))
  await createEmptyStore(data)
  cleanups.push(async () => {
    await dropStore(data)
    rmSync(data, { recursive: true, force: true })
  })
  return data
}

const problemsOf = async (env: Record<string, string>) =>
  (await examine(readConfig(env)))
    .filter(({ check, severity }) => severity !== 'ok' && check !== 'runtime')
    .map(({ check, severity, finding }) => `${severity} ${check}: ${finding}`)

test('the command line makes projects, tokens and accounts in the database', async () => {
  const env = storeEnvironment(await emptyStore())
  const admin = await openAdmin(readConfig(env))
  cleanups.push(() => admin.close())
  const created = await admin.createProject({ org: 'acme', slug: 'shop' })
  expect(await admin.createProject({ org: 'acme', slug: 'shop' })).toEqual(created)
  expect((await admin.createToken({ org: 'acme' })).token).toMatch(/^fgh_[\da-f]{64}$/)
  expect((await admin.createUser({ email: 'Ada@example.com', role: 'owner' })).email).toBe('ada@example.com')
  expect(await admin.tokens('acme')).toHaveLength(1)
})

test('the doctor finds what is wrong with a database, and counts again', async () => {
  const data = await emptyStore()
  const env = storeEnvironment(data)
  expect(await problemsOf(env)).toEqual([])
  const db = await openDatabase(data)
  cleanups.push(() => db.destroy())
  const columns = sql`project_id, number, status, kind, title, culprit, level, metadata, event_count, user_count, first_seen, last_seen`
  await sql`insert into issue (${columns}) values (1, 1, 'unresolved', 'error', '', '', '', '{}', 7, 0, 0, 0)`.execute(
    db,
  )
  await sql`drop index issue_text`.execute(db)
  await sql`drop index issue_by_change`.execute(db)
  expect(await problemsOf({ ...env, FOGHORN_DATABASE_POOL: '1000' })).toEqual([
    expect.stringMatching(/^warning database: A process may open 2000 connections/),
    expect.stringMatching(
      /^warning database: A question about all days of events may take 700 locks, and 1000 at once/,
    ),
    expect.stringMatching(/^warning database: Searches for words read all issues/),
    expect.stringMatching(/^error indexes: The index issue_by_change is missing/),
    expect.stringMatching(/^error counters: Issue 1 says 7 for events/),
  ])
  expect(await countAgain(readConfig(env))).toBe(1)
})

test('the doctor says how many locks days of events need, until there are as many', async () => {
  const server = await runPostgres(['fsync=off', 'max_connections=40'])
  cleanups.push(() => server.close())
  const data = mkdtempSync(join(tmpdir(), 'foghorn-locks-'))
  cleanups.push(() => rmSync(data, { recursive: true, force: true }))
  const url = `${server.server}/postgres`
  await upgrade(data, { url, connections: 1, statementMs: 30_000 })
  const restartWith = async (locks: number): Promise<void> => {
    const client = new Client({ connectionString: url })
    await client.connect()
    await client.query(`alter system set max_locks_per_transaction = ${locks}`)
    await client.end()
    await server.stop()
    await server.start()
  }
  const look = async () =>
    (await examine(readConfig({ FOGHORN_DATA: data, FOGHORN_DATABASE_URL: url }))).filter(
      ({ check }) => check === 'database',
    )
  await restartWith(10)
  const [found, ...others] = await look()
  expect(others).toEqual([])
  expect(found).toMatchObject({
    severity: 'warning',
    finding:
      'A question about all days of events may take 700 locks, and 10 at once 7000; max_locks_per_transaction = 10 gives room for 800.',
  })
  const [, enough] = /Set max_locks_per_transaction = (\d+) /.exec(found!.advice!)!
  expect(enough).toBe('128')
  await restartWith(Number(enough))
  expect(await look()).toMatchObject([{ severity: 'ok' }])
  await restartWith(64)
  expect(await look()).toMatchObject([{ severity: 'warning' }])
}, 240_000)

test('a database that nobody serves, or that a newer version wrote, is refused with what to do', async () => {
  const data = await emptyStore()
  const gone = { ...storeOptions(data).postgres!, url: `postgres://127.0.0.1:${await freePort()}/foghorn` }
  await expect(upgrade(data, gone)).rejects.toThrow(/cannot be reached: .*ECONNREFUSED.*Check the URL/)
  expect(await problemsOf({ FOGHORN_DATA: data, FOGHORN_DATABASE_URL: gone.url })).toEqual([
    expect.stringMatching(/^error database: The database cannot be used: /),
  ])
  const db = await openDatabase(data)
  cleanups.push(() => db.destroy())
  await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '')`.execute(db)
  await expect(upgrade(data, storeOptions(data).postgres!)).rejects.toThrow(/written by a newer Foghorn/)
})

test('a backup is left to the database’s own tools', () => {
  expect(() => refuseDatabase(readConfig({ FOGHORN_DATABASE_URL: 'postgres://db.test/foghorn' }))).toThrow(/pg_dump/)
  expect(() => refuseDatabase(readConfig({}))).not.toThrow()
})
