import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { useSite } from './harness/site.ts'

const site = useSite()

const thrown = (): unknown[] => site.ingest.events().map((event) => event.exception!.values[0])

test('a part is fetched from beside the script, when it is asked for', async () => {
  const page = await site.open({}, '<div id="root">Shop</div>')
  const files: string[] = []
  page.on('request', (request) => files.push(new URL(request.url()).pathname))
  await page.evaluate('Foghorn.use("liveness", { emptyMs: 50 })')
  expect(files).toEqual(['/foghorn.liveness.min.js'])
  await site.run('document.querySelector("#root").textContent = ""')
  expect(site.ingest.events()).toEqual([])
})

test('a part whose text is not what was built is not run', async () => {
  const page = await site.open()
  const body = await readFile(join(import.meta.dirname, '../dist/foghorn.liveness.min.js'), 'utf8')
  site.pages.files.set('/foghorn.liveness.min.js', { body: `${body};globalThis.tampered = true` })
  const refusal = await page.evaluate('Foghorn.use("liveness").catch((error) => error.message)')
  expect(refusal).toContain('cannot be had')
  expect(await page.evaluate('globalThis.tampered')).toBeUndefined()
})

test('a page that goes white after an error is told of, as a guess', async () => {
  const page = await site.open({}, '<div id="root">Shop</div>')
  await page.evaluate('Foghorn.use("liveness", { emptyMs: 50 })')
  await site.run('setTimeout(() => { document.querySelector("#root").textContent = "" }); throw new Error("render")')
  await site.events(2)
  expect(thrown()).toContainEqual(
    expect.objectContaining({
      type: 'Liveness',
      mechanism: expect.objectContaining({ type: 'liveness.white-screen' }),
    }),
  )
  expect(site.ingest.events()[1]).toMatchObject({ level: 'warning', contexts: { liveness: { trust: 'low' } } })
})

test('a page that stays filled after an error is not', async () => {
  const page = await site.open({}, '<div id="root">Shop</div>')
  await page.clock.install()
  await page.evaluate('Foghorn.use("liveness")')
  await site.run('throw new Error("harmless")')
  await page.clock.runFor(10_000)
  await page.evaluate('Foghorn.flush()')
  expect(site.ingest.events()).toHaveLength(1)
})

test('a tab that died is told of by the next page, one that was left is not', async () => {
  const page = await site.open()
  await page.evaluate('Foghorn.use("liveness")')
  expect(await page.evaluate('Object.keys(localStorage).length')).toBe(1)
  await page.goto(`${site.pages.url}/other.html`)
  expect(await page.evaluate('Object.keys(localStorage).length')).toBe(0)
  await page.evaluate(`localStorage.setItem('foghorn-alive-x', (Date.now() - 600_000) + ' /checkout')`)
  await site.open()
  await page.evaluate('Foghorn.use("liveness")')
  const event = await site.firstEvent()
  expect(event.exception!.values[0]!.mechanism).toMatchObject({ type: 'liveness.dead-tab', handled: true })
  expect(event.contexts).toMatchObject({ liveness: { kind: 'dead-tab', url: '/checkout' } })
})

test('a page whose scripts a deployment has replaced loads anew, once', async () => {
  const page = await site.open()
  let loads = 0
  page.on('load', () => (loads += 1))
  const code = `globalThis.released = 'shop@2'
    Foghorn.use('staleDeploy', { reload: true, releaseNow: () => 'shop@2' }).then(() => import('/gone.js'))`
  const reloaded = page.waitForEvent('load')
  await site.run(code)
  await reloaded
  await site.run(code)
  await expect
    .poll(() => site.ingest.events().filter((event) => event.contexts?.['stale_deploy']).length)
    .toBeGreaterThanOrEqual(2)
  const told = site.ingest.events().find((event) => event.contexts?.['stale_deploy'])
  expect(told!.contexts).toMatchObject({ stale_deploy: { release_seen: 'shop@1', release_now: 'shop@2' } })
  expect(await page.evaluate('globalThis.released')).toBe('shop@2')
  expect(loads).toBe(1)
})

test('the debug build says what is wrong and, when asked, what becomes of each event', async () => {
  const lines: string[] = []
  site.page.on('console', (line) => lines.push(line.text()))
  site.pages.files.set('/', {
    body: `<!doctype html><script src="/foghorn.debug.js"></script><script>
      Foghorn.init({ dsn: '${site.ingest.dsn}', debug: true, sampelRate: 1, ignoreErrors: [/noise/] })</script>`,
  })
  await site.page.goto(site.pages.url)
  const id = await site.page.evaluate('Foghorn.captureMessage("heard")')
  await site.page.evaluate('Foghorn.captureMessage("noise")')
  const own = lines.filter((line) => line.startsWith('[foghorn]'))
  expect(own).toEqual([
    expect.stringContaining('did you mean sampleRate?'),
    `[foghorn] taken: ${id}`,
    '[foghorn] not sent: ignored',
  ])
})
