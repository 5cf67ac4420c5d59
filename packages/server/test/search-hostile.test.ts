import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import type { MainDatabase } from '../src/adapters/sql/main-database.ts'
import type { ErrorJson, ListedIssueJson } from '../src/api/shapes.ts'
import { EVENT_KEYS, readEventSearch } from '../src/search/event-filter.ts'
import { ISSUE_KEYS, readIssueSearch } from '../src/search/issue-filter.ts'
import { isProblem, readTerms } from '../src/search/terms.ts'
import { envelope, errorEvent, NOON, startService, type TestService } from './harness.ts'
import { createRandom, type Random } from './random.ts'
import { onPostgres, openDatabase } from './main-store.ts'

const CASES = process.env['FOGHORN_LONG'] ? 100_000 : 2000

let service: TestService
let db: MainDatabase
beforeAll(async () => {
  service = await startService()
  db = await openDatabase(service.data)
  for (const value of ['cart is empty', 'it\'s 100% \\ "odd" * ? [a-z] %_'])
    await service.post(
      service.envelopePath,
      envelope(
        errorEvent({ exception: { values: [{ type: 'E', value }] }, tags: { plan: value }, user: { id: value } }),
      ),
    )
  await service.digest()
})
afterAll(async () => {
  await db.destroy()
  await service.close()
})

const PIECES = [
  ...ISSUE_KEYS.map((key) => `${key}:`),
  ...EVENT_KEYS.map((key) => `${key}:`),
  '!',
  '"',
  '[',
  ']',
  ',',
  '*',
  ':',
  '\\',
  '>',
  '>=',
  '<',
  '<=',
  '-',
  '+',
  ' ',
  '  ',
  '\t',
  '\n',
  '\0',
  '%',
  '_',
  "'",
  ';',
  '--',
  '/*',
  '#',
  'unresolved',
  'me',
  'none',
  '24h',
  '-24h',
  '2026-11-21',
  '100',
  '9'.repeat(20),
  '-1',
  'SHOP-1',
  'cart',
  'é',
  '\ud83d',
  '😀',
  'İ',
  'x'.repeat(200),
  'tags[',
  'tags[plan]:',
  '__proto__:',
  'constructor:',
  'hasOwnProperty',
  'NEAR(',
  ' OR ',
  ' AND ',
  ' NOT ',
  "' or 1=1",
  '") union select 1',
]

const randomSearch = (random: Random): string =>
  Array.from({ length: random.below(12) }, () => random.pick(PIECES)).join(random.pick(['', '', ' ']))

describe(`${CASES} random searches`, () => {
  test('are read, or refused with the column of the mistake', () => {
    const random = createRandom(3)
    for (let number = 0; number < CASES; number += 1) {
      const text = randomSearch(random)
      for (const result of [
        readIssueSearch(text, { now: NOON, accountId: 1 }),
        readEventSearch(text, NOON),
        readTerms(text),
      ])
        if (isProblem(result)) {
          expect([text, result.at >= 1 && result.at <= text.length + 1]).toEqual([text, true])
          expect(result.message).toMatch(/^\S.*[.]$/su)
        }
    }
  }, 600_000)

  test('are answered by the store, whatever they hold', async () => {
    const random = createRandom(4)
    const statuses = new Set<number>()
    for (let number = 0; number < CASES / 10; number += 1) {
      const text = encodeURIComponent(randomSearch(random).replaceAll(/\p{Surrogate}/gu, ''))
      for (const list of ['issues', 'events']) {
        const { status } = await service.read(`/api/0/projects/acme/shop/${list}/?query=${text}`)
        expect([text, status === 200 || status === 400]).toEqual([text, true])
        statuses.add(status)
      }
    }
    expect([...statuses].toSorted()).toEqual([200, 400])
    expect(service.failures).toEqual([])
  }, 600_000)
})

const INJECTIONS = [
  "' or 1=1 --",
  "'; drop table issue; --",
  '"; drop table issue; --',
  '") or 1=1 --',
  '1) union select secret_hash from api_token --',
  "x' and exists (select 1 from account) and 'a'='a",
  '* OR issue_text MATCH "e"',
  'NEAR("e" "e")',
  '{search_text}: e',
  '\\',
  "\\'",
  '%',
  '_',
  '?',
  '[a-z]',
  'char(39)',
  '\u0000',
]

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const countRows = async (): Promise<number> =>
  (await sql<{ n: number }>`select (select count(*) from issue) + (select count(*) from api_token) as n`.execute(db))
    .rows[0]!.n

describe('what looks like a query is a value', () => {
  const fields = [...ISSUE_KEYS, 'plan', 'tags[plan]'].filter((key) => key !== 'has')

  test('in every field of a search for issues', async () => {
    const before = await countRows()
    for (const field of [...fields, ''])
      for (const injection of INJECTIONS) {
        const query = encodeURIComponent(field === '' ? quoted(injection) : `${field}:${quoted(injection)}`)
        const response = await service.read(`/api/0/projects/acme/shop/issues/?query=${query}`)
        const body = (await response.json()) as ListedIssueJson[] | ErrorJson
        expect([field, injection, response.status === 200 || response.status === 400]).toEqual([field, injection, true])
        // Only the issue that holds these very characters may be found, and only by its text.
        if (Array.isArray(body))
          for (const issue of body) expect(issue.title.toLowerCase()).toContain(injection.toLowerCase())
      }
    expect(await countRows()).toBe(before)
    expect(service.failures).toEqual([])
  })

  test('in every parameter of the list', async () => {
    for (const parameter of [
      'sort',
      'cursor',
      'limit',
      'project',
      'environment',
      'statsPeriod',
      'start',
      'end',
      'groupStatsPeriod',
    ])
      for (const injection of INJECTIONS) {
        const response = await service.read(
          `/api/0/projects/acme/shop/issues/?query=&${parameter}=${encodeURIComponent(injection)}`,
        )
        const body: unknown = await response.json()
        if (parameter === 'environment') expect([response.status, body]).toEqual([200, []])
        else expect([parameter, injection, response.status]).toEqual([parameter, injection, 400])
      }
  })

  test('in every part of a path', async () => {
    const paths = (name: string): string[] => [
      `/organizations/${name}/issues/`,
      `/organizations/acme/issues/${name}/`,
      `/organizations/acme/issues/${name}/events/`,
      `/organizations/acme/issues/1/events/${name}/`,
      `/projects/acme/${name}/issues/`,
      `/projects/acme/${name}/statistics/`,
      `/projects/acme/shop/events/${name}/`,
      `/projects/${name}/shop/events/`,
    ]
    for (const injection of INJECTIONS)
      for (const path of paths(encodeURIComponent(injection))) {
        const response = await service.read(`/api/0${path}`)
        expect([path, response.status]).toEqual([path, 404])
        expect(Object.keys((await response.json()) as object)).toEqual(['detail'])
      }
    expect(service.failures).toEqual([])
  })
})

/** The plan of a statement, as SQLite tells it. */
const planOf = async (statement: string, parameters: readonly unknown[]): Promise<string[]> => {
  const { rows } = await db.executeQuery<{ detail: string }>({
    sql: `explain query plan ${statement}`,
    parameters: [...parameters],
    query: { kind: 'RawNode' } as never,
    queryId: { queryId: 'plan' },
  })
  return rows.map(({ detail }) => detail)
}

// The planner of PostgreSQL chooses by how much there is, and scans where there is little.
describe.skipIf(onPostgres)('no page of a list scans a table or counts rows', () => {
  const statements: { sql: string; parameters: readonly unknown[] }[] = []
  const watched = async (work: () => Promise<unknown>): Promise<void> => {
    statements.length = 0
    await work()
  }

  test.each([
    ['the newest page', '?query=is:unresolved'],
    ['a page by events', '?query=is:unresolved&sort=freq'],
    ['a page by users', '?query=is:unresolved&sort=user'],
    ['a page by age', '?query=is:unresolved&sort=new'],
    ['a page by priority', '?query=is:unresolved&sort=priority'],
    ['all states', '?query='],
    ['further down', '?query=&cursor=1795262400000:1:0'],
    ['back', '?query=&cursor=1:1:1'],
    ['of an environment and period', '?query=&environment=production&statsPeriod=14d'],
    ['by a tag', '?query=plan:free release:x'],
    ['by a pattern', '?query=browser:Chrome*'],
    ['by a person', '?query=user:7'],
    ['by a person’s address', '?query=user.email:ada@example.com'],
    ['by words', '?query=cart'],
    ['by an assignee', '?query=assigned:[ada@example.com, %23team, my_teams]'],
    ['by numbers', '?query=times:>100 users:>=10'],
    ['by times', '?query=firstSeen:-24h lastSeen:-1h'],
    ['by priority', '?query=priority:high'],
  ])('%s', async (_name, parameters) => {
    const { sqlIssueSearch } = await import('../src/adapters/sql/issue-search.ts')
    const spied = db.withPlugin({
      transformQuery: ({ node }) => {
        const compiled = db.getExecutor().compileQuery(node as never, { queryId: 'spied' } as never)
        statements.push({ sql: compiled.sql, parameters: compiled.parameters })
        return node
      },
      transformResult: async ({ result }) => result,
    })
    const url = new URL(`http://x/${parameters}`)
    const filters = readIssueSearch(url.searchParams.get('query')!, { now: NOON, accountId: 1 })
    expect(Array.isArray(filters)).toBe(true)
    const environment = url.searchParams.get('environment')
    await watched(() =>
      sqlIssueSearch(spied).list({
        projectIds: [service.project.id],
        filters: filters as never,
        sort: (url.searchParams.get('sort') ?? 'date') as never,
        limit: 25,
        ...(environment ? { environments: [environment] } : {}),
        ...(url.searchParams.has('statsPeriod') ? { period: { from: NOON - 14 * 86_400_000, to: NOON } } : {}),
        ...(url.searchParams.has('cursor') ? { cursor: url.searchParams.get('cursor')! } : {}),
      }),
    )
    expect(statements.length).toBeGreaterThan(0)
    for (const { sql: text, parameters: values } of statements) {
      expect(text).not.toMatch(/count\(/i)
      const scans = (await planOf(text, values)).filter(
        (step) =>
          step.startsWith('SCAN ') && !/^SCAN (?:\(subquery|found|issue_text VIRTUAL TABLE|CONSTANT)/.test(step),
      )
      expect([text, scans]).toEqual([text, []])
    }
  })
})
