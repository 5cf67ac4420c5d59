// Every operation of the API's own description, with odd paths, queries, headers and bodies; by members and by strangers.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenApi } from '../src/api/openapi/describe.ts'
import { envelope, errorEvent, startService, type TestService } from './harness.ts'
import { createRandom, type Random } from './random.ts'

const ROUNDS = process.env['FOGHORN_LONG'] ? 300 : 4
// The same each time; what a long run once found is a case of its own.
const SEEDS = [11, 23]

/** What stands only in the data of one organization, and in no request. */
const OWN = 'lighthouse-keepers-own'

interface Operation {
  method: string
  path: string
  parameters: { name: string; in: 'path' | 'query' }[]
  hasBody: boolean
}

let service: TestService
let operations: Operation[]
let known: Record<string, string>
let actors: Record<string, string>[]
let strangers: Record<string, string>[]

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })

const json = async <Body>(path: string): Promise<Body> => (await (await service.read(path)).json()) as Body

/** An issue with an event, a release and feedback that all bear the organization's own words. */
const furnish = async (): Promise<Record<string, string>> => {
  const event = errorEvent({
    message: OWN,
    release: `${OWN}@1`,
    user: { id: OWN, email: `${OWN}@acme.test` },
    tags: { own: OWN },
  })
  await service.post(service.envelopePath, envelope(event))
  await service.digest()
  const [issue] = await json<{ id: string }[]>('/api/0/projects/acme/shop/issues/')
  return { org: 'acme', project: 'shop', issue: issue!.id, event: event.event_id, version: `${OWN}@1`, key: 'own' }
}

beforeAll(async () => {
  service = await startService()
  known = await furnish()
  const { paths } = await json<OpenApi>('/api/0/openapi.json')
  operations = Object.entries(paths)
    .filter(([path]) => !path.endsWith('/live/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => ({
        method: method.toUpperCase(),
        path,
        parameters: one['parameters'] as Operation['parameters'],
        hasBody: 'requestBody' in one,
      })),
    )
  actors = [bearer(service.token), await service.logInAs('owner@acme.test', 'owner')]
  strangers = [
    {},
    bearer(service.publicKey),
    bearer(await service.createToken('others')),
    await service.logInAs('owner@others.test', 'owner', 'others'),
  ]
})
afterAll(() => service.close())

const ODD = [
  '',
  '.',
  '..',
  '%00',
  '\u0000',
  '0',
  '-1',
  '1e400',
  '9'.repeat(40),
  '0x10',
  'NaN',
  'true',
  'null',
  '[]',
  '{}',
  '__proto__',
  'constructor',
  "'",
  '"',
  '`',
  "' or '1'='1",
  '1; drop table issue; --',
  '\\',
  '%',
  '%25',
  '%2e%2e%2f',
  '../../../etc/passwd',
  '<script>alert(1)</script>',
  '${7*7}{{7*7}}',
  '\r\nX-Planted: 1',
  '\ud800',
  '\u202e',
  'ü'.repeat(300),
  'a'.repeat(5000),
  '*?[a-z]',
  'is:unresolved !has:user',
  '2026-13-45T99:99:99Z',
  '1d',
  '-99999999999d',
]

/** As a header may be written at all. */
const ODD_HEADERS = ODD.map((odd) => odd.replaceAll(/[^\x20-\x7E]/g, '')).filter((odd) => odd.length < 2000)

const HEADERS = [
  'accept',
  'accept-encoding',
  'accept-language',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'expect',
  'forwarded',
  'if-modified-since',
  'if-none-match',
  'last-event-id',
  'origin',
  'range',
  'referer',
  'transfer-encoding',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-http-method-override',
  'x-original-url',
]

const BODIES = ['', '{', 'null', '[]', '7', '"text"', '{"__proto__":{"a":1}}', '{"a":'.repeat(2000)]

const some = (random: Random, share: number): boolean => random.below(100) < share

const headersOf = (random: Random, actor: Record<string, string>): Record<string, string> => {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  for (const name of HEADERS) if (some(random, 12)) headers[name] = random.pick(ODD_HEADERS)
  if (some(random, 5))
    return { ...headers, authorization: random.pick(['Bearer', 'Bearer ', 'Basic Og==', 'Bearer \t', 'DSN x']) }
  return { ...headers, ...actor }
}

const pathOf = (random: Random, { path, parameters }: Operation): string => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = some(random, 15) ? random.pick(ODD) : (known[name] ?? random.pick(['1', '2', '999999', ...ODD]))
    return some(random, 5) ? value.replaceAll(/[?#/]/g, '') : encodeURIComponent(Buffer.from(value).toString())
  })
  const query = new URLSearchParams()
  for (const { name, in: where } of parameters)
    if (where === 'query') for (let times = random.below(3); times > 0; times -= 1) query.append(name, random.pick(ODD))
  if (some(random, 10)) query.append(random.pick(ODD), random.pick(ODD))
  return `/api/0${filled}?${query}`
}

const bodyOf = (random: Random): string => {
  if (some(random, 30)) return random.pick(BODIES)
  const names = [
    'name',
    'slug',
    'status',
    'id',
    'email',
    'role',
    'target',
    'rules',
    'query',
    'projects',
    'token',
    random.pick(ODD),
  ]
  const values = [null, true, -1, 1e308, [], {}, [[]], ...ODD]
  return JSON.stringify(
    Object.fromEntries(names.filter(() => some(random, 40)).map((name) => [name, random.pick(values)])),
  )
}

// What only the inside of a program says.
const INSIDE =
  /\bat .{1,200}:\d+:\d+\b|node_modules|\/src\/|\.[jt]s:\d|sqlite|libsql|kysely|ECONN|EACCES|ENOENT|TypeError:|password_hash|secret_hash/i

/** Sends it; gives what is wrong with the answer, and its text. */
const ask = async (random: Random, operation: Operation, actor: Record<string, string>) => {
  const path = pathOf(random, operation)
  const body = operation.hasBody ? bodyOf(random) : undefined
  const init = { method: operation.method, headers: headersOf(random, actor), ...(body !== undefined && { body }) }
  // Some headers cannot be sent at all.
  const request = await Promise.resolve()
    .then(() => service.request(path, init))
    .catch((error: unknown) => (error instanceof TypeError ? undefined : Promise.reject(error)))
  if (!request) return { text: '', wrong: [] as string[], status: 0 }
  const text = await request.text()
  const where = `${operation.method} ${path.slice(0, 300)} ${JSON.stringify(init).slice(0, 600)}`
  const wrong = [
    ...(request.status >= 500 ? [`${request.status}: ${where}`] : []),
    ...(request.status >= 400 && INSIDE.test(text) ? [`tells of its inside: ${text.slice(0, 200)} ${where}`] : []),
    ...(request.headers.has('x-planted') ? [`a header was planted: ${where}`] : []),
  ]
  return { text, wrong, status: request.status }
}

test.each([['PUT', '/projects/acme/shop/retention/', '{"__proto__":{"a":1}}']])(
  'what once broke is refused: %s %s %s',
  async (method, path, body) => {
    const headers = { ...bearer(service.token), 'content-type': 'application/json' }
    expect((await service.request(`/api/0${path}`, { method, body, headers })).status).toBe(400)
  },
)

test.each(SEEDS)(
  'nobody else gets anything of an organization, and nothing breaks (seed %i)',
  async (seed) => {
    const random = createRandom(seed)
    const wrong: string[] = []
    for (const operation of operations)
      for (let round = 0; round < ROUNDS; round += 1) {
        const { text, wrong: found, status } = await ask(random, operation, random.pick(strangers))
        wrong.push(...found)
        if (text.includes(OWN) && status < 400)
          wrong.push(`a stranger reads: ${operation.method} ${operation.path} ${text.slice(0, 200)}`)
      }
    expect(wrong).toEqual([])
    expect(service.failures).toEqual([])
  },
  3_600_000,
)

test.each(SEEDS)(
  'whoever belongs to it breaks nothing either (seed %i)',
  async (seed) => {
    const random = createRandom(seed * 7)
    const wrong: string[] = []
    const statuses = new Set<number>()
    for (const operation of operations)
      for (let round = 0; round < ROUNDS; round += 1) {
        const { wrong: found, status } = await ask(random, operation, random.pick(actors))
        wrong.push(...found)
        statuses.add(status)
      }
    expect(wrong).toEqual([])
    expect(service.failures).toEqual([])
    // Answers of every kind: otherwise this would prove little.
    expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 404]))
  },
  3_600_000,
)
