import { expect, test } from 'vitest'
import { useSite } from './harness/site.ts'

const site = useSite()

/** How the page's functions look from outside: what code of the page, or another tool, could trip over. */
const LOOKS = `JSON.stringify([
  ...['debug', 'log', 'info', 'warn', 'error'].map((name) => [console, name]),
  [globalThis, 'fetch'], [globalThis, 'WebSocket'], [XMLHttpRequest.prototype, 'open'], [XMLHttpRequest.prototype, 'send'],
  [history, 'pushState'], [history, 'replaceState'], [globalThis, 'setTimeout'], [EventTarget.prototype, 'addEventListener'],
].map(([owner, name]) => {
  const { value, ...flags } = Object.getOwnPropertyDescriptor(owner, name) ?? {}
  return [name, owner[name].name, owner[name].length, owner[name].toString(), String(owner[name]), flags, Object.getOwnPropertyNames(owner[name]).toSorted()]
}))`

test('patched functions look as they did, and close() gives them back', async () => {
  await site.page.goto(site.pages.url)
  const before = await site.page.evaluate(LOOKS)
  await site.page.addInitScript(
    'globalThis.natives = [console.log, fetch, WebSocket, XMLHttpRequest.prototype.open, history.pushState]',
  )
  const page = await site.open()
  expect(await page.evaluate(LOOKS)).toBe(before)
  expect(await page.evaluate('fetch !== natives[1]')).toBe(true)
  await page.evaluate('Foghorn.close()')
  const now = '[console.log, fetch, WebSocket, XMLHttpRequest.prototype.open, history.pushState]'
  expect(await page.evaluate(`${now}.every((own, at) => own === natives[at])`)).toBe(true)
})

test('what another tool has put on top stays when the SDK stops', async () => {
  const page = await site.open()
  const kept = await page.evaluate(async () => {
    const before = globalThis.fetch
    const wrapped: typeof fetch = (...args) => before(...args)
    globalThis.fetch = wrapped
    await (globalThis as unknown as { Foghorn: { close(): Promise<boolean> } }).Foghorn.close()
    return globalThis.fetch === wrapped && (await fetch('/')).ok
  })
  expect(kept).toBe(true)
})

test('arguments, results, errors and `this` of patched functions pass through', async () => {
  const page = await site.open()
  const results = await page.evaluate(async () => {
    const outcome = async (work: () => unknown): Promise<string> => {
      try {
        return `ok ${await work()}`
      } catch (error) {
        return `${(error as Error).name}`
      }
    }
    const socket = new WebSocket(location.href.replace('http', 'ws'))
    class Own extends WebSocket {}
    const xhr = new XMLHttpRequest()
    return [
      await outcome(() => fetch.call(undefined, '/').then((response) => response.status)),
      await outcome(() => fetch(new Request('/', { method: 'HEAD' })).then((response) => response.status)),
      await outcome(() => fetch('/', { signal: AbortSignal.abort() })),
      await outcome(() => fetch('http://')),
      await outcome(() => (fetch as () => unknown)()),
      await outcome(() => socket instanceof WebSocket && WebSocket.OPEN),
      await outcome(() => new Own(location.href.replace('http', 'ws')) instanceof Own),
      await outcome(() => (WebSocket as unknown as () => unknown)()),
      await outcome(() => xhr.open('GET', 'http://')),
      await outcome(() => history.pushState(1, '', 'https://elsewhere.example/')),
      await outcome(() => history.pushState({ own: 1 }, '', '/#there')),
    ]
  })
  expect(results).toEqual([
    'ok 200',
    'ok 200',
    'AbortError',
    'TypeError',
    'TypeError',
    'ok 1',
    'ok true',
    'TypeError',
    'SyntaxError',
    'SecurityError',
    'ok undefined',
  ])
})

test('the errors of the page, its handlers and its stack limit are left alone', async () => {
  const page = await site.open()
  const seen = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const error = Object.freeze(new Error('mine', { cause: Object.freeze({ code: 1 }) }))
        const before = JSON.stringify([error.message, error.stack, Object.getOwnPropertyNames(error)])
        const calls: unknown[] = []
        // oxlint-disable-next-line unicorn/prefer-add-event-listener
        globalThis.onerror = (message) => void calls.push(message)
        addEventListener('error', (event) => {
          calls.push(event.error === error, event.defaultPrevented)
          resolve([
            ...calls,
            before === JSON.stringify([error.message, error.stack, Object.getOwnPropertyNames(error)]),
            Error.stackTraceLimit,
          ])
        })
        setTimeout(() => {
          throw error
        })
      }),
  )
  expect(seen).toEqual(['Uncaught Error: mine', true, false, true, 10])
})

test.each([
  ['a stack limit of 0', 'Error.stackTraceLimit = 0'],
  ['stacks that are no text', 'Error.prepareStackTrace = (error, calls) => calls'],
])('in a page with %s, everything is still seen', async (_what, code) => {
  await site.page.addInitScript(code)
  await site.open()
  await site.run('console.log("a line"); history.pushState(null, "", "/next"); throw new Error("without")')
  const event = await site.firstEvent()
  expect(event.exception!.values[0]!.value).toBe('without')
  expect(event.breadcrumbs!.map(({ category }) => category)).toEqual(['console', 'navigation'])
})

test.each([
  ['beforeSend throws', `Foghorn.init({ beforeSend() { throw new Error('mine') } }); throw new Error('dropped')`],
  [
    'beforeBreadcrumb throws',
    `Foghorn.init({ beforeBreadcrumb() { throw new Error('mine') } }); console.log('x'); throw new Error('sent')`,
  ],
  [
    'a logged object is hostile',
    `console.log(new Proxy({}, { get() { throw 1 }, ownKeys() { throw 1 }, getPrototypeOf() { throw 1 } })); throw new Error('sent')`,
  ],
  [
    'the hook logs and captures',
    `Foghorn.init({ beforeSend(event) { console.error('x'); Foghorn.captureMessage('y'); return event } }); throw new Error('sent')`,
  ],
])('the page does not notice when %s', async (_what, code) => {
  const page = await site.open()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await site.run(code)
  await expect.poll(() => errors.length).toBe(1)
  await page.evaluate('Foghorn.flush()')
  expect(errors).toHaveLength(1)
  expect(site.ingest.events().map((event) => event.exception?.values[0]!.value)).toEqual(
    code.includes('sent') ? ['sent'] : [],
  )
})

test('runs under a strict Content Security Policy with Trusted Types', async () => {
  const policy = `default-src 'none'; script-src 'self'; connect-src ${site.ingest.url}; require-trusted-types-for 'script'; trusted-types 'none'`
  site.pages.files.set('/start.js', {
    body: `Foghorn.init({ dsn: '${site.ingest.dsn}' }); setTimeout(() => { throw new Error('strict') })`,
  })
  site.pages.files.set('/', {
    body: '<!doctype html><script src="/foghorn.min.js"></script><script src="/start.js"></script>',
    headers: { 'content-security-policy': policy },
  })
  const violations: string[] = []
  site.page.on('console', (line) => line.type() === 'error' && violations.push(line.text()))
  await site.page.goto(site.pages.url)
  const event = await site.firstEvent()
  expect(event.exception!.values[0]!.value).toBe('strict')
  expect(violations.filter((text) => /Content Security|Trusted/.test(text))).toEqual([])
})

test('a page whose connect-src leaves the service out keeps its events for later', async () => {
  const body = `<!doctype html><script src="/foghorn.min.js"></script><script>Foghorn.init({ dsn: '${site.ingest.dsn}', sources: [] })</script>`
  site.pages.files.set('/', { body, headers: { 'content-security-policy': `connect-src 'self'` } })
  await site.page.goto(site.pages.url)
  await site.page.evaluate('Foghorn.captureMessage("blocked")')
  await expect.poll(() => site.page.evaluate('Foghorn.stats().waiting')).toBe(1)
  site.pages.files.set('/', { body })
  await site.page.goto(site.pages.url)
  expect((await site.firstEvent()).message).toBe('blocked')
})
