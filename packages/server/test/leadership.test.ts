import { once } from 'node:events'
import { Client } from 'pg'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { postgresLeadership } from '../src/adapters/postgres/leadership.ts'
import type { Leadership } from '../src/ports/leadership.ts'
import { leadershipContract } from './contracts/leadership.ts'
import { createDatabase, type TestDatabase } from './postgres-server.ts'
import { startProxy } from './nats-server.ts'

// Locks are of a database, so each test gets one of its own.
const databases: TestDatabase[] = []
let url = ''
afterAll(() => Promise.all(databases.map(({ drop }) => drop())))

// A fifth of it is how long a connection may take, also on a busy machine.
const LEASE_MS = 5000

const newDatabase = async (): Promise<string> => {
  const database = await createDatabase({ isBlank: true })
  databases.push(database)
  url = database.settings.url
  return url
}

let place: { test: string | undefined; url: Promise<string> } | undefined
leadershipContract('the lead as a lock of PostgreSQL', async () => {
  const { currentTestName } = expect.getState()
  if (place?.test !== currentTestName) place = { test: currentTestName, url: newDatabase() }
  return postgresLeadership(await place!.url)
})

const openOn = (address: string, leaseMs = LEASE_MS): Leadership => {
  const leadership = postgresLeadership(address, { leaseMs })
  onTestFinished(() => leadership.close())
  return leadership
}

/** Claims; gives what becomes of it. */
const claim = async (leadership: Leadership): Promise<{ lost: Error[] }> => {
  const lost: Error[] = []
  expect(await leadership.claim((reason) => lost.push(reason))).toBe(true)
  return { lost }
}

const ask = async (statement: string): Promise<void> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  client.end().catch(() => undefined)
  await once(client, 'end')
}

test('a leader whose session the server ends hears of it, once, and may ask again', async () => {
  const leader = openOn(await newDatabase())
  const { lost } = await claim(leader)
  await ask(`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'foghorn leader' and datname = current_database()`)
  await expect.poll(() => lost.length).toBe(1)
  await claim(leader)
  expect(lost).toHaveLength(1)
})

test.each(['cut', 'hold'] as const)(
  'a leader that is cut off (%s) leads no more, and another one does',
  async (how) => {
    await newDatabase()
    const proxy = await startProxy(Number(new URL(url).port))
    const near = new URL(url)
    near.port = String(proxy.port)
    const { lost } = await claim(openOn(near.href))
    const other = openOn(url)
    expect(await other.claim(() => undefined)).toBe(false)
    onTestFinished(proxy.cut)
    proxy[how]()
    await expect.poll(() => lost.length).toBe(1)
    await expect.poll(() => other.claim(() => undefined)).toBe(true)
  },
)
