import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { useSite } from './harness/site.ts'

const site = useSite()

/** A page with the inline loader; the SDK is configured by its own file, as the service serves it. */
const openWithLoader = async (attributes: string, code: string): Promise<void> => {
  const dist = join(import.meta.dirname, '../dist')
  const [loader, sdk] = await Promise.all(
    ['loader.min.js', 'foghorn.min.js'].map((file) => readFile(join(dist, file), 'utf8')),
  )
  site.pages.files.set('/js/key.js', {
    body: `${sdk}\n;Foghorn.init({ dsn: '${site.ingest.dsn}', autoSessionTracking: false })`,
  })
  site.pages.files.set('/', {
    body: `<!doctype html><head><script data-src="/js/key.js" ${attributes}>${loader}</script></head><script>${code}</script>`,
  })
  await site.page.goto(site.pages.url)
}

test('what happened before the SDK was there arrives, with its options and its scope', async () => {
  await openWithLoader(
    '',
    `Foghorn.init({ release: 'early@1' })
    Foghorn.setTag('when', 'early')
    Foghorn.captureMessage('asked early')
    Promise.reject(new Error('rejected early'))
    setTimeout(() => { throw new TypeError('thrown early') })
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/gone.css' }))`,
  )
  const events = await site.events(4)
  const texts = events.map((event) => event.message ?? event.exception!.values[0]!.value)
  expect(texts.toSorted()).toEqual([
    `<link> failed to load: ${site.pages.url}/gone.css`,
    'asked early',
    'rejected early',
    'thrown early',
  ])
  expect(events.map(({ release, tags }) => [release, tags!['when']])).toEqual(events.map(() => ['early@1', 'early']))
  const thrown = events.find((event) => event.exception?.values[0]!.value === 'thrown early')
  expect(thrown!.exception!.values[0]!.mechanism).toMatchObject({ type: 'onerror', handled: false })
})

test('with data-when="error" the SDK is fetched only when something goes wrong', async () => {
  let fetched = 0
  site.page.on('request', (request) => request.url().endsWith('/js/key.js') && (fetched += 1))
  await openWithLoader('data-when="error"', '')
  await site.page.waitForLoadState('networkidle')
  expect(fetched).toBe(0)
  await site.run('throw new Error("now")')
  expect((await site.firstEvent()).exception!.values[0]!.value).toBe('now')
  expect(fetched).toBe(1)
})

test('once the SDK is there, it alone reports', async () => {
  await openWithLoader('', '')
  await site.page.waitForFunction('Foghorn.stats')
  await site.run('throw new Error("late")')
  await site.run('throw new Error("later")')
  const events = await site.events(2)
  expect(events.map((event) => event.exception!.values[0]!.value)).toEqual(['late', 'later'])
})

test('a page that calls the stand-in as the package is not surprised', async () => {
  await openWithLoader(
    '',
    'globalThis.result = Foghorn.withScope((scope) => { scope.setTag("own", "1"); Foghorn.captureMessage("in scope") })',
  )
  const event = await site.firstEvent()
  expect(event).toMatchObject({ message: 'in scope', tags: { own: '1' } })
})
