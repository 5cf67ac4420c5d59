/** What stands in every planted secret, and in nothing else. */
export const MARK = 'planted0secret'

let count = 0
const secret = () => `${MARK}${(count += 1)}`

/** A text as programs write them, with a secret of each shape. */
const text = () =>
  `refused: password=${secret()} at postgres://shop:${secret()}@db.test/shop with Bearer ${secret()} ghp_${secret().padEnd(40, 'x')}`

/** An address with secrets in its parameters. Code and releases are named by such: other shapes stay readable there. */
const address = (path = 'pay') =>
  `https://shop:${secret()}@shop.test/${path}?access_token=${secret()}&page=2#id_token=${secret()}`

/** Data whose names say that it is secret, whose names are secrets, and whose texts hold some, however deep. */
const data = (): Record<string, unknown> => ({
  password: secret(),
  note: text(),
  [text()]: 'a name',
  deep: [{ sessionToken: secret(), list: [text(), [text()]], url: address() }],
})

const frame = (path: string) => ({
  filename: address(path),
  abs_path: address(path),
  function: text(),
  module: address(path),
  lineno: 2,
  colno: 3,
  in_app: true,
  pre_context: [text()],
  context_line: text(),
  post_context: [text()],
})

const exception = (type: string) => ({
  type,
  value: text(),
  module: address('module.js'),
  mechanism: { type: 'onerror', source: text(), handled: false, data: data() },
  stacktrace: { frames: [frame('vendor.js'), frame('app.js')] },
})

const breadcrumbs = () => [
  { category: 'fetch', type: 'http', data: { url: address(), method: 'POST', ...data() } },
  { category: 'navigation', data: { from: address('from'), to: address('to') } },
  { category: 'console', level: 'warning', message: text(), data: { arguments: [text(), data()] } },
  { category: text(), type: text(), message: text() },
]

/** The release by which its page is found: a secret in its parameter is masked. */
const RELEASE = 'shop@7?access_token='
export const SHOWN_RELEASE = `${RELEASE}[Filtered]`

/** An event with secrets wherever an event can hold a text. */
export const revealingEvent = (type: string) => ({
  level: 'error',
  timestamp: Date.now() / 1000,
  platform: 'javascript',
  logger: text(),
  server_name: text(),
  transaction: text(),
  release: RELEASE + secret(),
  dist: `7?access_token=${secret()}`,
  environment: `live?access_token=${secret()}`,
  message: text(),
  logentry: { message: text(), formatted: text(), params: [text(), text()] },
  exception: { values: [exception(text()), exception(type)] },
  breadcrumbs: breadcrumbs(),
  tags: { session_id: secret(), note: text(), [text().slice(0, 60)]: 'a name', page: address() },
  extra: { form: data(), text: text() },
  contexts: { state: data(), react: { componentStack: text() }, [text()]: { note: text() } },
  user: { id: text(), email: text(), username: text(), ip_address: text(), data: data() },
  request: {
    url: address(),
    method: 'GET',
    query_string: `apiKey=${secret()}&page=2`,
    headers: { Cookie: secret(), Authorization: `Bearer ${secret()}`, Referer: address(), 'X-Note': text() },
  },
  fingerprint: [text(), '{{ default }}'],
  sdk: { name: text(), version: text() },
})

/** What visitors tell about the event, and the numbers that come beside it. */
export const revealingItems = (eventId: string): [header: object, payload: object][] => {
  const times = { start_timestamp: Date.now() / 1000 - 1, timestamp: Date.now() / 1000 }
  const attributes = { release: RELEASE + secret(), environment: `live?access_token=${secret()}` }
  return [
    [{ type: 'user_report' }, { event_id: eventId, name: text(), email: text(), comments: text() }],
    [{ type: 'attachment', filename: text(), content_type: text() }, { note: 'what is attached is kept as it came' }],
    [
      { type: 'session' },
      { sid: crypto.randomUUID(), started: new Date().toISOString(), status: 'ok', attrs: attributes },
    ],
    [
      { type: 'transaction' },
      { type: 'transaction', transaction: address(), ...times, ...attributes, measurements: { lcp: { value: 900 } } },
    ],
  ]
}

/** A report of a browser about a page with secrets in its address. */
export const revealingReport = () => ({
  'csp-report': {
    'document-uri': address(),
    'blocked-uri': address('x.js'),
    'effective-directive': 'script-src',
    disposition: 'enforce',
  },
})

/** What cannot be digested, and is set aside. */
export const unreadable = () => `{"type":"event"}\n{"password":"${secret()}","note":"${text()}"`
