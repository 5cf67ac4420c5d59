import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv, type ValidateFunction } from 'ajv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenApi } from '../src/api/openapi/describe.ts'
import { readAnswers } from '../src/api/openapi/answers.ts'
import { envelope, errorEvent, startService, type TestService } from './harness.ts'
import { createRandom, type Random } from './random.ts'
import { ROUTES } from './route-table.ts'
import { bundleOf, upload } from './upload.ts'

interface Parameter {
  name: string
  in: 'path' | 'query'
  required: boolean
  schema: { enum?: unknown[]; const?: unknown; anyOf?: unknown[] }
}

interface RequestBody {
  content: { 'application/json': { schema: object } }
}

interface Operation {
  method: string
  path: string
  parameters: Parameter[]
  hasBody: boolean
  /** The schema of what it takes. */
  body: object
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}

let service: TestService
let description: OpenApi
let names: Record<string, string>
let checks: Map<string, ValidateFunction>

const operations = (): Operation[] =>
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({
      method: method.toUpperCase(),
      path,
      parameters: one['parameters'] as Parameter[],
      hasBody: 'requestBody' in one,
      body: (one['requestBody'] as RequestBody | undefined)?.content['application/json'].schema ?? {},
      responses: one['responses'] as Operation['responses'],
    })),
  )

const send = (method: string, path: string, body?: unknown): Promise<Response> =>
  service.request(`/api/0${path}`, {
    method,
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })

/** Some of everything, so that lists are not empty and names lead somewhere. */
const furnish = async (): Promise<Record<string, string>> => {
  const event = errorEvent({ release: 'shop@1.0.0', user: { id: '7' } })
  await service.post(service.envelopePath, envelope(event))
  await service.post(service.envelopePath, envelope(errorEvent({ exception: { values: [{ type: 'E', value: 'x' }] } })))
  await service.digest()
  await upload(service, bundleOf())
  const org = '/organizations/acme'
  await send('POST', `${org}/releases/`, {
    version: 'shop@1.0.0',
    projects: ['shop'],
    commits: [{ id: 'c1', message: 'm' }],
  })
  await send('POST', `${org}/releases/shop@1.0.0/deploys/`, { environment: 'production' })
  await send('POST', `${org}/teams/`, { slug: 'cart', name: 'Cart' })
  await send('POST', `${org}/members/`, { email: 'ada@example.com', role: 'member' })
  await send('POST', `/projects/acme/shop/user-feedback/`, {
    event_id: event.event_id,
    name: 'Ada',
    email: 'ada@example.com',
    comments: 'broken',
  })
  const first = async (path: string): Promise<{ id: string }> =>
    ((await (await send('GET', path)).json()) as { id: string }[])[0] ?? { id: '999999' }
  return {
    org: 'acme',
    project: 'shop',
    issue: (await first(`${org}/issues/`)).id,
    event: event.event_id,
    version: 'shop@1.0.0',
    team: 'cart',
    member: (await first(`${org}/members/`)).id,
    feedback: (await first(`${org}/user-feedback/`)).id,
    bundle: (await first(`/projects/acme/shop/files/artifact-bundles/`)).id,
    token: '999999',
  }
}

beforeAll(async () => {
  service = await startService()
  names = await furnish()
  description = (await (await service.request('/api/0/openapi.json')).json()) as OpenApi
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false })
  ajv.addSchema({ $id: 'api', components: description.components })
  checks = new Map()
  for (const { method, path, responses } of operations())
    for (const [status, { content }] of Object.entries(responses))
      if (content)
        checks.set(
          `${method} ${path} ${status}`,
          ajv.compile(JSON.parse(JSON.stringify(content['application/json']!.schema).replaceAll('"#/', '"api#/'))),
        )
})
afterAll(() => service.close())

const fill = (path: string, known: Record<string, string>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(known[name] ?? '999999'))

/** Whether an answer is one of those described: its status, and its body by the schema. */
const conforms = async ({ method, path, responses }: Operation, response: Response): Promise<string | undefined> => {
  const { status } = response
  if (!(String(status) in responses)) return `${method} ${path} answered ${status}, which is not described`
  const check = checks.get(`${method} ${path} ${status}`)
  if (!check) return undefined
  if (!response.headers.get('content-type')?.startsWith('application/json'))
    return status < 300 ? undefined : `${method} ${path} answered ${status} without JSON`
  const body: unknown = await response.json()
  if (check(body)) return undefined
  return `${method} ${path} ${status}: ${JSON.stringify(check.errors?.slice(0, 3))}`
}

// Answers that go on for as long as somebody listens, and those that lead elsewhere.
const ENDLESS = '/organizations/{org}/live/'

const walked = (): Operation[] => operations().filter(({ path }) => path !== ENDLESS && !path.startsWith('/session/'))

describe('the description of the API', () => {
  test('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(description) as never)
    expect([errors, valid]).toEqual([undefined, true])
  })

  test('has every route, with the scope that guards it', () => {
    const described = operations().map(({ method, path }) => `${method} /api/0${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
    expect(described.toSorted()).toEqual(Object.keys(ROUTES).toSorted())
    expect(description.paths['/projects/{org}/{project}/issues/']!['get']!['security']).toEqual([
      { token: ['event:read'] },
      { session: ['event:read'] },
    ])
  })

  test('says what the types of the routes say', async () => {
    // Otherwise: node packages/server/scripts/describe-answers.mjs
    const script = fileURLToPath(new URL('../scripts/describe-answers.mjs', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--print'], { maxBuffer: 1e8 })
    expect(JSON.parse(stdout)).toEqual(readAnswers())
  }, 300_000)

  test('can be read by people', async () => {
    const response = await service.request('/api/docs')
    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringContaining('/projects/{org}/{project}/issues/'),
    ])
  })
})

describe('the running service keeps to its description', () => {
  test('when it is read from with names that exist', async () => {
    const wrong: (string | undefined)[] = []
    const answered: number[] = []
    for (const operation of walked().filter(({ method }) => method === 'GET')) {
      const query = operation.parameters.filter(({ in: where, required }) => where === 'query' && required)
      const text = query.map(({ name }) => `${name}=lcp`).join('&')
      const response = await send('GET', `${fill(operation.path, names)}?${text}`)
      answered.push(response.status)
      wrong.push(await conforms(operation, response))
    }
    expect(wrong.filter(Boolean)).toEqual([])
    // Nearly all names lead somewhere: otherwise this would prove little.
    expect(answered.filter((status) => status === 200).length).toBeGreaterThan(answered.length * 0.8)
  })

  type Sampled = {
    const?: unknown
    enum?: unknown[]
    anyOf?: Sampled[]
    oneOf?: Sampled[]
    type?: string
    properties?: Record<string, Sampled>
    required?: string[]
    items?: Sampled
    minimum?: number
  }

  /** Something that fits a schema, as far as its types and choices tell. */
  const sample = (schema: Sampled, random: Random): unknown => {
    if (schema.const !== undefined) return schema.const
    if (schema.enum) return random.pick(schema.enum)
    const options = schema.anyOf ?? schema.oneOf
    if (options) return sample(random.pick(options), random)
    if (schema.type === 'array') return [sample(schema.items ?? {}, random)]
    if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1
    if (schema.type === 'boolean') return random.below(2) === 0
    if (schema.type === 'string')
      return random.pick(['1', 'cart', 'ada@example.com', '2026-11-21T12:00:00Z', 'shop@1.0.0'])
    if (schema.type === 'null') return null
    const wanted = Object.entries(schema.properties ?? {}).filter(
      ([name]) => schema.required?.includes(name) || random.below(2) === 0,
    )
    return Object.fromEntries(wanted.map(([name, one]) => [name, sample(one, random)]))
  }

  test('when it is sent what is described', async () => {
    const random = createRandom(5)
    const wrong = new Set<string>()
    const done = new Set<string>()
    for (const operation of walked().filter(({ method, hasBody }) => hasBody && method !== 'DELETE'))
      for (let round = 0; round < 10; round += 1) {
        const body = sample(operation.body as Sampled, random)
        const response = await send(operation.method, fill(operation.path, names), body)
        if (response.status < 300) done.add(`${operation.method} ${operation.path}`)
        const problem = await conforms(operation, response)
        if (problem) wrong.add(problem)
      }
    expect([...wrong]).toEqual([])
    expect(service.failures).toEqual([])
    // Much of it is accepted: otherwise only refusals would have been looked at.
    expect(done.size).toBeGreaterThan(10)
  })

  const ODD = [
    '',
    ' ',
    '0',
    '-1',
    '1e9',
    '%',
    '%00',
    '\u0000',
    '../..',
    '..%2f..',
    "' or 1=1 --",
    '"; drop table issue; --',
    '${7*7}',
    '<script>',
    '\ud83d\ude00',
    '[]',
    '{}',
    '[object Object]',
    'null',
    '__proto__',
    'x'.repeat(3000),
    '9'.repeat(30),
    '*',
    'a:b:c',
    'is:',
    '"',
  ]

  const oddBody = (random: Random): unknown =>
    random.pick([
      undefined,
      '{',
      '',
      'null',
      [],
      {},
      7,
      'text',
      { status: {} },
      { status: 'resolved', __proto__: 1 },
      { slug: random.pick(ODD), name: [] },
      { id: random.pick(ODD) },
      { version: null, projects: [random.pick(ODD)] },
      { email: random.pick(ODD), role: random.pick(ODD) },
      { target: random.pick(ODD), kind: random.pick(ODD) },
      Object.fromEntries(ODD.map((odd) => [odd, odd])),
    ])

  test('whatever stands in its paths, parameters and bodies', async () => {
    const random = createRandom(9)
    const wrong = new Set<string>()
    for (const operation of walked())
      for (let round = 0; round < 12; round += 1) {
        // Names that exist, but for one now and then: what lies behind them is reached as well.
        const known = Object.fromEntries(
          Object.entries(names).map(([name, value]) => [name, random.below(4) === 0 ? random.pick(ODD) : value]),
        )
        const query = new URLSearchParams()
        for (const { name, in: where } of operation.parameters)
          if (where === 'query' && random.below(2) === 0) query.append(name, random.pick(ODD))
        const path = `${fill(operation.path, known)}?${query}`
        const response = await send(operation.method, path, operation.hasBody ? oddBody(random) : undefined)
        // An odd name may lead to another route, whose description it is then.
        const isElsewhere = Object.entries(known).some(
          ([name, value]) => value !== names[name] && operation.path.includes(`{${name}}`),
        )
        const problem =
          response.status >= 500 ? `${operation.method} ${operation.path} failed` : await conforms(operation, response)
        if (problem && !(isElsewhere && response.status < 500)) wrong.add(problem)
      }
    expect([...wrong]).toEqual([])
    expect(service.failures).toEqual([])
  })
})
