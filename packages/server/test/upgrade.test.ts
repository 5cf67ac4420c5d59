import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Migrator } from 'kysely'
import Libsql from 'libsql'
import { expect, onTestFinished, test } from 'vitest'
import { sqliteDifferences } from '../src/adapters/sqlite/differences.ts'
import { openMainDatabase } from '../src/adapters/sql/database.ts'
import { migrations, pendingMigrations } from '../src/adapters/sql/migrations/index.ts'
import { miscounted } from '../src/adapters/sql/recount.ts'
import { mainFile } from '../src/data-folder.ts'
import type { IssueFilter } from '../src/ports/issue-search.ts'
import { readIssueSearch } from '../src/search/issue-filter.ts'
import { openStores } from '../src/stores.ts'
import { NOON } from './harness.ts'

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'foghorn-upgrade-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const EVENT_ID = 'e'.repeat(32)
const HASH = 'a'.repeat(32)

/** An event as the first version stored it: with what was made of it in the same blob. */
const firstPayload = gzipSync(
  JSON.stringify({
    kind: 'error',
    payload: {
      exception: [{ type: 'TypeError', value: 'cart is empty' }],
      user: { id: 'ada-1', email: 'Ada@example.com' },
      level: 'error',
      environment: 'production',
      contexts: { browser: { name: 'Chrome', version: '156.0.0.0' } },
    },
    stacks: [[]],
    grouping: { version: 1, keys: [{ variant: 'message', hash: HASH, parts: ['TypeError'] }] },
    headline: { title: 'TypeError: cart is empty', culprit: '', metadata: {} },
  }),
)

const migrateTo = async (data: string, migration: string): Promise<void> => {
  const db = openMainDatabase(mainFile(data))
  const { error } = await new Migrator({ db, provider: migrations(sqliteDifferences) }).migrateTo(migration)
  expect(error).toBeUndefined()
  await db.destroy()
}

/** A store as the first versions wrote it, with one event. */
const firstStore = async (migration: string): Promise<string> => {
  const data = folder()
  await migrateTo(data, migration)
  const raw = new Libsql(mainFile(data))
  raw.exec(`
    INSERT INTO organization (id, slug, name, created_at) VALUES (1, 'acme', 'Acme', ${NOON});
    INSERT INTO project (id, organization_id, slug, name, platform, last_issue_number, created_at)
      VALUES (1, 1, 'shop', 'Shop', 'javascript', 1, ${NOON});
    INSERT INTO issue (id, project_id, number, status, kind, title, culprit, level, metadata, event_count, user_count, first_seen, last_seen)
      VALUES (1, 1, 1, 'unresolved', 'error', 'TypeError: cart is empty', '', 'error', '{}', 3, 1, ${NOON}, ${NOON});
    INSERT INTO issue_hash (project_id, hash, variant, grouping_version, issue_id) VALUES (1, '${HASH}', 'message', 1, 1);
    INSERT INTO issue_user (issue_id, user_key) VALUES (1, 'ada-1');`)
  raw
    .prepare(
      `INSERT INTO event (project_id, event_id, issue_id, happened_at, received_at, title, payload)
      VALUES (1, ?, 1, ${NOON}, ${NOON}, 'TypeError: cart is empty', ?)`,
    )
    .run([EVENT_ID, firstPayload])
  raw.close()
  return data
}

const EARLIER = pendingMigrations([])
// Later on events are stored in two parts, and stores of then have been brought to them.
const FIRST_SHAPE = EARLIER.filter((name) => name < '0005')
const LAST_OF_FIRST_SHAPE = FIRST_SHAPE.at(-1)!

/** A store as it was after a migration, with one event. */
const storeAfter = async (migration: string): Promise<string> => {
  if (FIRST_SHAPE.includes(migration)) return firstStore(migration)
  const data = await firstStore(LAST_OF_FIRST_SHAPE)
  await migrateTo(data, migration)
  return data
}

test.each(EARLIER)('a store of after %s keeps its events, figures and people', async (migration) => {
  const data = await storeAfter(migration)
  const stores = await openStores(data)
  const event = await stores.events.find(1, EVENT_ID)
  expect(event?.payload.exception[0]).toMatchObject({ type: 'TypeError', value: 'cart is empty' })
  expect(event?.headline.title).toBe('TypeError: cart is empty')
  const records = []
  for await (const record of stores.personalData.read(1, { email: 'ada@example.com' })) records.push(record)
  expect(records).toHaveLength(1)
  expect(await stores.issues.find(1)).toMatchObject({ eventCount: 3, userCount: 1 })
  await stores.close()
  const db = openMainDatabase(mainFile(data))
  expect(await miscounted(db)).toEqual([])
  await db.destroy()
})

test.each([...FIRST_SHAPE, EARLIER.at(-2)!])(
  'a store of after %s is copied before it is upgraded, and only once',
  async (migration) => {
    const data = await storeAfter(migration)
    await (await openStores(data)).close()
    const [next] = pendingMigrations(EARLIER.slice(0, EARLIER.indexOf(migration) + 1))
    expect(readdirSync(join(data, 'backups'))).toEqual([`before-${next}.db`])
    const before = new Libsql(join(data, 'backups', `before-${next}.db`))
    expect(before.prepare('SELECT event_id FROM event').all([])).toEqual([{ event_id: EVENT_ID }])
    before.close()
    await (await openStores(data)).close()
    expect(readdirSync(join(data, 'backups'))).toHaveLength(1)
  },
)

test.each(EARLIER.filter((name) => name >= '0008' && name <= '0015'))(
  'a store of after %s keeps its teams, and its members see what they saw',
  async (migration) => {
    const data = await storeAfter(migration)
    const raw = new Libsql(mainFile(data))
    raw.exec(`
      INSERT INTO account (id, email, name, created_at) VALUES (1, 'ada@acme.test', 'Ada', ${NOON});
      INSERT INTO membership (account_id, organization_id, role) VALUES (1, 1, 'member');
      INSERT INTO team (id, organization_id, slug, name, created_at) VALUES (1, 1, 'web', 'Web', ${NOON});
      INSERT INTO team_member (team_id, account_id) VALUES (1, 1);
      INSERT INTO team_project (team_id, project_id) VALUES (1, 1);`)
    raw.close()
    const stores = await openStores(data)
    expect(await stores.accounts.memberships(1)).toMatchObject([{ role: 'member', isOpen: true }])
    expect(await stores.accounts.projectRoles(1)).toEqual([{ organizationId: 1, projectId: 1, role: null }])
    expect(await stores.accounts.members(1)).toMatchObject([{ email: 'ada@acme.test', isPending: true }])
    await stores.close()
  },
)

test('a new store needs no copy', async () => {
  const data = folder()
  await (await openStores(data)).close()
  expect(existsSync(join(data, 'backups'))).toBe(false)
})

test('a store of a newer version is refused with what to do, and stays as it is', async () => {
  const data = folder()
  await (await openStores(data)).close()
  const db = new Libsql(mainFile(data))
  db.exec("INSERT INTO kysely_migration VALUES ('9999-tomorrow', '2030-01-01')")
  db.close()
  await expect(openStores(data)).rejects.toThrow(
    /written by a newer Foghorn \(it has 9999-tomorrow\)\. Run that version or a newer one/,
  )
  expect(existsSync(join(data, 'backups'))).toBe(false)
})

test('issues of before are found by their words and browsers, and their events are counted by the hour', async () => {
  const stores = await openStores(await storeAfter('0010-remains'), { now: () => NOON })
  for (const query of ['cart', 'browser:Chrome*']) {
    const filters = readIssueSearch(query, { now: NOON }) as IssueFilter[]
    const page = await stores.issueSearch.list({ projectIds: [1], filters, sort: 'date', limit: 10 })
    expect([query, page!.issues.map((issue) => issue.id)]).toEqual([query, [1]])
  }
  const period = { from: NOON, to: NOON + 1 }
  expect((await stores.issueSearch.tallies([1], { period })).get(1)).toEqual([{ at: NOON, count: 1 }])
  await stores.close()
})

test('issues of before have a life: they are resolved or archived, similar to others, and get a priority', async () => {
  const data = await storeAfter('0010-remains')
  const raw = new Libsql(mainFile(data))
  raw.exec(`
    INSERT INTO issue (id, project_id, number, status, kind, title, culprit, level, metadata, event_count, user_count, first_seen, last_seen)
      SELECT 2, 1, 2, 'resolved', kind, title, culprit, level, metadata, 0, 0, first_seen, last_seen FROM issue WHERE id = 1;
    INSERT INTO issue (id, project_id, number, status, kind, title, culprit, level, metadata, event_count, user_count, first_seen, last_seen)
      SELECT 3, 1, 3, 'ignored', kind, title, culprit, level, metadata, 0, 0, first_seen, last_seen FROM issue WHERE id = 1;
    UPDATE issue_hash SET parts = '["TypeError","cart is empty"]' WHERE issue_id = 1;
    INSERT INTO issue_hash (project_id, hash, variant, grouping_version, issue_id, parts)
      VALUES (1, 'other', 'message', 1, 2, '["TypeError","cart is gone"]');`)
  raw.close()
  const stores = await openStores(data, { now: () => NOON })
  expect(await stores.issues.find(2)).toMatchObject({ status: 'resolved', resolution: { by: 'now' }, resolvedAt: NOON })
  expect(await stores.issues.find(3)).toMatchObject({ status: 'ignored', substatus: 'archived_forever' })
  expect(await stores.similarIssues.of(1)).toMatchObject([{ issueId: 2 }])
  while (await stores.triage.tend());
  expect((await stores.issues.find(1))?.priority).toBeGreaterThan(0)
  await stores.close()
})
