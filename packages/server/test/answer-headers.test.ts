// Every kind of answer tells browsers the least that they may do with it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { envelope, errorEvent, newEventId, startService, type TestService } from './harness.ts'

let service: TestService
let attachment: string

beforeAll(async () => {
  service = await startService()
  const event_id = newEventId()
  const lines = [{ event_id }, { type: 'attachment', filename: 'page.html' }]
  await service.post(service.envelopePath, envelope(errorEvent({ event_id })))
  await service.post(
    service.envelopePath,
    [...lines.map((line) => JSON.stringify(line)), '<script>1</script>'].join('\n'),
  )
  await service.digest()
  const list = `/api/0/projects/acme/shop/events/${event_id}/attachments/`
  const [first] = (await (await service.read(list)).json()) as { id: string }[]
  attachment = `${list}${first!.id}/`
})
afterAll(() => service.close())

const NAMES = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
] as const

type Headers = Record<(typeof NAMES)[number], string | null>

const headersOf = ({ headers }: Response): Headers =>
  Object.fromEntries(NAMES.map((name) => [name, headers.get(name)])) as Headers

const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const LEAST: Headers = {
  'content-security-policy': NOTHING,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

const FOR_ALL_PAGES = { ...LEAST, 'cross-origin-resource-policy': 'cross-origin' }

const PAGE = {
  ...LEAST,
  'content-security-policy': expect.stringMatching(
    /^default-src 'none'; script-src 'self'; style-src 'self';.* frame-ancestors 'none'$/,
  ),
  'referrer-policy': 'same-origin',
}

const STYLED = {
  ...LEAST,
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
}

const dialog = (): string =>
  `/api/embed/error-page/?eventId=${newEventId()}&dsn=${encodeURIComponent(`http://${service.publicKey}@foghorn.test/${service.project.id}`)}`

const get = (path: string) => () => service.read(path)
const post = (path: () => string, body: string) => () => service.post(path(), body)

describe.each<[string, number, Headers | object, () => Promise<Response>]>([
  ['an answer of the API', 200, LEAST, get('/api/0/organizations/')],
  ['what the API does not have', 404, LEAST, get('/api/0/organizations/acme/issues/999999/')],
  ['an address that the API does not have', 404, LEAST, get('/api/0/nothing/')],
  ['who may not enter', 401, LEAST, () => service.request('/api/0/organizations/')],
  [
    'what does not fit',
    400,
    LEAST,
    () => service.post('/api/0/session/', '{}', { 'content-type': 'application/json' }),
  ],
  ['the description of the API', 200, LEAST, get('/api/0/openapi.json')],
  ['its page', 200, STYLED, get('/api/docs')],
  ['a report', 200, STYLED, get('/api/0/projects/acme/shop/report/?format=html')],
  ['a report as a file', 200, LEAST, get('/api/0/projects/acme/shop/report/?format=csv')],
  [
    'a file that came with an event',
    200,
    { ...LEAST, 'content-security-policy': "default-src 'none'; sandbox" },
    () => service.read(attachment),
  ],
  ['health', 200, LEAST, get('/healthz')],
  ['metrics', 401, LEAST, get('/metrics')],
  ['the page of the web app', 200, PAGE, get('/')],
  ['a file of the web app', 200, PAGE, get('/assets/app-1.js')],
  ['a file that it does not have', 404, PAGE, get('/assets/none.js')],
  [
    'the page that ends mails',
    404,
    { ...LEAST, 'content-security-policy': "default-src 'none'; form-action 'self'; frame-ancestors 'none'" },
    get('/unsubscribe/none'),
  ],
  ['the script of a project', 200, FOR_ALL_PAGES, () => service.request(`/js/${service.publicKey}.js`)],
  ['a script that there is not', 404, FOR_ALL_PAGES, get('/js/foghorn.none.min.js')],
  ['what the door took', 200, FOR_ALL_PAGES, post(() => service.envelopePath, envelope(errorEvent()))],
  ['what the door refused', 400, FOR_ALL_PAGES, post(() => service.envelopePath, 'x')],
  ['the dialog after a crash', 200, FOR_ALL_PAGES, () => service.request(dialog())],
  ['a dialog for nobody', 404, FOR_ALL_PAGES, get('/api/embed/error-page/')],
])('%s', (_what, status, headers, ask) => {
  test('may do as little as can be', async () => {
    const answer = await ask()
    await answer.arrayBuffer()
    expect([answer.status, headersOf(answer)]).toEqual([status, headers])
  })
})

test('so is what fails, which tells nothing of why', async () => {
  const broken = await startService()
  await broken.stores.close()
  const answer = await broken.read('/api/0/organizations/')
  expect([answer.status, headersOf(answer)]).toEqual([500, LEAST])
  expect(await answer.text()).toBe('{"detail":"Something failed on our side. The log of the service tells what."}')
  const door = await broken.post(broken.envelopePath, envelope(errorEvent()))
  expect([door.status, headersOf(door)]).toEqual([503, FOR_ALL_PAGES])
})

test('no answer names the program that serves it', async () => {
  const { headers } = await service.request('/')
  expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null])
})
