import { expect, test } from 'vitest'
import { pageImporting } from './harness/pages.ts'
import { useSite } from './harness/site.ts'

const site = useSite()

const openModules = async (code: string): Promise<void> => {
  site.pages.files.set('/', {
    body: pageImporting(
      `import { init, captureException } from '@foghorn/browser'\n${code}\nglobalThis.started = true`,
    ),
  })
  await site.page.goto(site.pages.url)
  await site.page.waitForFunction('globalThis.started')
}

test('an error before the delivery is there outlives the page, offline too', async () => {
  await site.page.route('**/delivery.js', (route) => route.abort())
  site.ingest.answer = () => 'dropped'
  await openModules(`init({ dsn: '${site.ingest.dsn}' })\ncaptureException(new Error('first moment'))`)
  expect(await site.page.evaluate('localStorage.length')).toBe(1)
  await site.page.goto('about:blank')
  site.ingest.answer = () => ({ status: 200 })
  await site.page.unroute('**/delivery.js')
  await openModules(`init({ dsn: '${site.ingest.dsn}' })`)
  await expect.poll(() => site.ingest.events().length).toBeGreaterThan(0)
  await expect.poll(() => site.page.evaluate('localStorage.length')).toBe(0)
  // The beacon of the page that went may come as late as this: the same event under the same ID.
  expect(new Set(site.ingest.events().map((event) => event.event_id)).size).toBe(1)
  expect(site.ingest.events()[0]!.exception!.values[0]!.value).toBe('first moment')
})

test('what the delivery takes over is not kept twice', async () => {
  await openModules(`init({ dsn: '${site.ingest.dsn}' })\ncaptureException(new Error('taken over'))`)
  await site.firstEvent()
  expect(await site.page.evaluate('localStorage.length')).toBe(0)
  await site.page.reload()
  await site.events(2)
  expect(new Set(site.ingest.events().map((event) => event.event_id)).size).toBe(2)
})

test('the release is that which a bundler plugin has left', async () => {
  await openModules(`globalThis.SENTRY_RELEASE = { id: 'shop@9' }
    init({ dsn: '${site.ingest.dsn}', autoSessionTracking: false })
    captureException(new Error('released'))`)
  expect((await site.firstEvent()).release).toBe('shop@9')
})

test('requests can be told of without patching anything', async () => {
  site.pages.files.set('/cart.json', { body: '{"items":2}' })
  await openModules(`import { resourceCrumbs, start } from '@foghorn/browser'
    const { fetch: before } = globalThis
    start({ dsn: '${site.ingest.dsn}' }, () => [resourceCrumbs()])
    globalThis.told = []
    // Told after the SDK, whose observer was there before.
    new PerformanceObserver((list) => told.push(...list.getEntriesByName(new URL('/gone.json', location.href).href)))
      .observe({ type: 'resource' })
    await (await fetch('/cart.json?token=secret')).text()
    await (await fetch('/gone.json')).text()
    globalThis.untouched = fetch === before`)
  expect(await site.page.evaluate('globalThis.untouched')).toBe(true)
  await expect.poll(() => site.page.evaluate('told.length')).toBe(1)
  await site.page.evaluate(`import('@foghorn/browser').then((api) => api.captureMessage('told'))`)
  const { breadcrumbs } = await site.firstEvent()
  expect(
    breadcrumbs!.map(({ level, data }) => [level, data!['url'], data!['status_code'], data!['response_body_size']]),
  ).toEqual([
    ['info', `${site.pages.url}/cart.json?token=***`, 200, 11],
    ['warning', `${site.pages.url}/gone.json`, 404, 9],
  ])
})
