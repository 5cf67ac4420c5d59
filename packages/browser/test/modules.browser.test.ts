import { expect, test } from 'vitest'
import { pageImporting } from './harness/pages.ts'
import { useSite } from './harness/site.ts'

const site = useSite()

/** Opens a page whose module code has `dsn`. */
const open = async (code: string, body = ''): Promise<void> => {
  const page = pageImporting(`const dsn = '${site.ingest.dsn}'\n${code}\nglobalThis.started = true`, body)
  site.pages.files.set('/', { body: page })
  await site.page.goto(site.pages.url)
  await site.page.waitForFunction('globalThis.started')
}

// oxlint-disable-next-line typescript/no-explicit-any
const items = async (type: string, count: number): Promise<any[]> => {
  const found = () => site.ingest.items.filter((item) => item.type === type).map(({ payload }) => payload)
  await expect.poll(() => found().length).toBe(count)
  return found()
}

test('the package works as ES modules, its buffer in a chunk that comes later', async () => {
  const files: string[] = []
  site.page.on('request', (request) => files.push(new URL(request.url()).pathname))
  await open(`import { init, captureException } from '@foghorn/browser'
    init({ dsn })
    captureException(new RangeError('from a module'))`)
  const event = await site.firstEvent()
  expect(event.exception!.values[0]).toMatchObject({
    type: 'RangeError',
    mechanism: { type: 'generic', handled: true },
  })
  expect(files.indexOf('/esm/delivery.js')).toBeGreaterThan(files.indexOf('/esm/index.js'))
})

test('sources that are not asked for do not listen', async () => {
  await open(`import { start, uncaughtErrors } from '@foghorn/browser'
    const { log } = console
    start({ dsn }, () => [uncaughtErrors()])
    globalThis.untouched = console.log === log`)
  expect(await site.page.evaluate('globalThis.untouched')).toBe(true)
  await site.run('Promise.reject(new Error("not asked for")); throw new Error("asked for")')
  expect((await site.firstEvent()).exception!.values[0]!.value).toBe('asked for')
})

test.each([
  [false, {}],
  [true, { lcp: { target: expect.any(String) } }],
])('web vitals arrive when the page is hidden (attribution: %s)', async (attribution, blame) => {
  await open(
    `import { init, defaultSources, getScope } from '@foghorn/browser'
     globalThis.scope = getScope
     import { webVitals } from '@foghorn/browser/vitals.js'
     init({ dsn, release: 'shop@1', autoSessionTracking: false, sources: [...defaultSources(), webVitals({ attribution: ${attribution} })] })`,
    '<h1>Largest</h1><button>Click</button>',
  )
  await site.page.waitForFunction('performance.getEntriesByName("first-contentful-paint").length > 0')
  await site.page.waitForLoadState('networkidle')
  await site.page.click('button')
  // An event tells what had been measured of its page load by then.
  await site.page.waitForFunction('Object.keys(scope().data.contexts?.vitals ?? {}).includes("fcp")')
  await site.run('throw new Error("afterwards")')
  expect((await site.firstEvent()).contexts).toMatchObject({ vitals: { fcp: { unit: 'millisecond' } } })
  await site.page.goto('about:blank')
  const [transaction] = await items('transaction', 1)
  expect(transaction).toMatchObject({
    type: 'transaction',
    transaction: '/',
    release: 'shop@1',
    measurements: { fcp: { unit: 'millisecond' }, ttfb: { unit: 'millisecond' }, lcp: { unit: 'millisecond' } },
    contexts: { trace: { op: 'pageload' }, web_vitals: blame },
  })
  expect(transaction.measurements.lcp.value).toBeGreaterThan(0)
})

test('spans belong to the work that they were started in, failures are marked', async () => {
  await open(`import { init } from '@foghorn/browser'
    import { tracing, startSpan } from '@foghorn/browser/tracing.js'
    init({ dsn, sources: [tracing({ tracePropagationTargets: ['/api/'] })] })
    await startSpan({ name: 'checkout', op: 'task', attributes: { items: 2 } }, async () => {
      const first = startSpan({ name: 'reserve' }, () => 1)
      await fetch('/api/pay').catch(() => {})
    })
    try { startSpan({ name: 'fails' }, () => { throw new Error('no') }) } catch {}
    await fetch('/elsewhere')
    history.pushState(null, '', '/next')`)
  const [load] = await items('transaction', 1)
  expect(load).toMatchObject({ transaction: '/', contexts: { trace: { op: 'pageload' } } })
  const spans = load.spans.map((span: { description: string; status: string }) => [span.description, span.status])
  expect(spans).toEqual([
    ['reserve', 'ok'],
    ['checkout', 'ok'],
    ['fails', 'internal_error'],
  ])
  const [reserve, checkout] = load.spans
  expect(reserve.parent_span_id).toBe(checkout.span_id)
  expect(checkout.parent_span_id).toBe(load.contexts.trace.span_id)
  expect(checkout.data).toEqual({ items: 2 })
})

test('a change of the route is a piece of work of its own', async () => {
  await open(`import { init } from '@foghorn/browser'
    import { tracing, startSpan } from '@foghorn/browser/tracing.js'
    init({ dsn, sources: [tracing()] })
    history.pushState(null, '', '/orders')
    startSpan({ name: 'list' }, () => 1)
    history.pushState(null, '', '/orders/7')`)
  const [load, route] = await items('transaction', 2)
  expect(load).toMatchObject({ transaction: '/', contexts: { trace: { op: 'pageload' } } })
  expect(route).toMatchObject({ transaction: '/orders', contexts: { trace: { op: 'navigation' } } })
  expect(route.spans.map((span: { description: string }) => span.description)).toEqual(['list'])
})

test('only allowed addresses get the trace header', async () => {
  const headers: [string, string | undefined][] = []
  site.page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/x')) headers.push([pathname, request.headers()['sentry-trace']])
  })
  await open(`import { init } from '@foghorn/browser'
    import { tracing } from '@foghorn/browser/tracing.js'
    init({ dsn, sources: [tracing({ tracePropagationTargets: ['/x-api/'] })] })
    await fetch('/x-api/one', { headers: { own: '1' } })
    await fetch(new Request('/x-api/two'))
    await fetch('/x-other')`)
  expect(headers.map(([path, header]) => [path, header !== undefined])).toEqual([
    ['/x-api/one', true],
    ['/x-api/two', true],
    ['/x-other', false],
  ])
  expect(headers[0]![1]).toMatch(/^[\da-f]{32}-[\da-f]{16}-1$/)
})

test('errors of a worker arrive with their stack', async () => {
  site.pages.files.set('/worker.js', {
    body: `import { reportToPage } from '/esm/worker.js'
      reportToPage()
      function inWorker() { throw new TypeError('deep in the worker') }
      setTimeout(inWorker)
      setTimeout(() => Promise.reject(new Error('rejected there')))`,
  })
  await open(`import { init, addSource } from '@foghorn/browser'
    import { workerErrors } from '@foghorn/browser/worker.js'
    init({ dsn })
    addSource(workerErrors(new Worker('/worker.js', { type: 'module' })))`)
  const events = await site.events(2)
  const [thrown] = events[0]!.exception!.values
  expect(thrown).toMatchObject({
    type: 'TypeError',
    value: 'deep in the worker',
    mechanism: { type: 'worker.onerror', handled: false },
  })
  expect(thrown!.stacktrace!.frames.at(-1)).toMatchObject({
    function: 'inWorker',
    filename: `${site.pages.url}/worker.js`,
  })
  expect(events[1]!.exception!.values[0]!.value).toBe('rejected there')
})

test('errors of an iframe of the same origin arrive', async () => {
  site.pages.files.set('/inner.html', {
    body: '<script>globalThis.fail = () => setTimeout(() => { throw new Error("inside") })</script>',
  })
  await open(
    `import { init, addSource, frameErrors } from '@foghorn/browser'
     init({ dsn })
     const frame = document.querySelector('iframe')
     if (frame.contentDocument.readyState !== 'complete' || frame.contentWindow.location.href === 'about:blank') await new Promise((resolve) => frame.addEventListener('load', resolve))
     addSource(frameErrors(frame))
     frame.contentWindow.fail()`,
    '<iframe src="/inner.html"></iframe>',
  )
  expect((await site.firstEvent()).exception!.values[0]).toMatchObject({
    value: 'inside',
    mechanism: { type: 'iframe.onerror' },
  })
})

test('importing it and calling it where there is no page does nothing', async () => {
  const api = await import('../src/index.ts')
  api.init({ dsn: site.ingest.dsn })
  expect(api.captureException(new Error('on a server'))).toBe('')
  expect(await api.flush(10)).toBe(true)
})

test.each([
  ['the development build speaks of', '/dev/index.js', 4],
  ['the production build keeps silent about', '/esm/index.js', 0],
])('%s bad options, and works on', async (_what, path, spoken) => {
  const lines: string[] = []
  site.page.on('console', (line) => lines.push(line.text()))
  await open(`import { init } from '${path}'
    init({ dsn, sampleRate: '1', ignoreErrors: 'x', integrations: [], realease: 'shop@1' })`)
  await site.run('throw new Error("all the same")')
  await site.firstEvent()
  expect(lines.filter((line) => line.startsWith('[foghorn] init: '))).toHaveLength(spoken)
  expect(lines.filter((line) => line.includes('foghorn'))).toHaveLength(spoken)
})
