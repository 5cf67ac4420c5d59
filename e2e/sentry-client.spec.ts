import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { servePlayground } from '../scripts/playground.mjs'
import { exceptionsOf, innermostFirst } from './harness/exceptions.ts'
import { foghorn } from './harness/foghorn.ts'
import { placesIn, readable } from './harness/places.ts'
import { expect, test as base } from './harness/test.ts'

const FERRY = fileURLToPath(new URL('ferry', import.meta.url))

const placeInFerry = placesIn('e2e/ferry')

/** The page with Sentry's own SDK, built minified, its maps uploaded by our command. */
const test = base.extend<{ ferryUrl: string }>({
  ferryUrl: async ({ installation }, use) => {
    const dist = await mkdtemp(join(tmpdir(), 'foghorn-ferry-'))
    const entryPoints = [join(FERRY, 'main.ts')]
    await build({ entryPoints, outdir: dist, bundle: true, minify: true, sourcemap: true, format: 'esm' })
    await copyFile(join(FERRY, 'index.html'), join(dist, 'index.html'))
    await foghorn(['sourcemaps', 'inject', dist])
    await installation.upload(dist)
    const page = await servePlayground({ ...installation.client, port: 0, release: 'ferry@2.0.0', dist })
    await use(page.url)
    await page.close()
    await rm(dist, { recursive: true })
  },
})

test("an error sent by Sentry's own SDK is stored and reads as it was written", async ({
  page,
  installation,
  ferryUrl,
}) => {
  await page.goto(ferryUrl)
  await page.getByTestId('depart').click()
  const event = await installation.reader.latestEvent('Morwenna has 40 seats for 41 passengers')

  expect(event.sdk?.name).toBe('sentry.javascript.browser')
  expect(event.release?.version).toBe('ferry@2.0.0')
  expect(event.environment).toBe('harbour')
  expect(event.tags).toContainEqual({ key: 'pier', value: 'north' })
  const [exception] = exceptionsOf(event)
  expect(exception).toMatchObject({ type: 'RangeError', mechanism: { handled: false } })
  const [crash, caller] = innermostFirst(exception?.stacktrace)
  const status = 'resolved'
  expect(crash && readable(crash, 'ferry.ts')).toEqual({
    ...placeInFerry('ferry.ts', 'throw ^new RangeError('),
    function: 'Ferry.board',
    status,
  })
  expect(caller && readable(caller, 'ferry.ts')).toEqual({
    ...placeInFerry('ferry.ts', 'this.^board('),
    function: 'Ferry.depart',
    status,
  })
})

test("a message sent by Sentry's own SDK is stored", async ({ page, installation, ferryUrl }) => {
  await page.goto(ferryUrl)
  await page.getByTestId('report').click()
  const event = await installation.reader.latestEvent('Morwenna is late')
  expect(event.level).toBe('warning')
})

test("the dialog of Sentry's own SDK is ours, and closing it is told to the page", async ({
  page,
  installation,
  ferryUrl,
}) => {
  await page.goto(ferryUrl)
  await page.getByTestId('tell').click()
  const dialog = page.getByRole('dialog', { name: 'What did you see?' })
  await dialog.getByLabel('What happened?').fill('Rocks to port')
  await dialog.getByRole('button', { name: 'Send' }).click()
  await expect(dialog.getByRole('status')).toHaveText('Thank you. Your message has arrived.')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(page).toHaveTitle('Closed')
  const { eventID } = await installation.reader.feedback('Rocks to port')
  expect((await installation.reader.event(eventID!)).title).toContain('Morwenna is aground')
})
