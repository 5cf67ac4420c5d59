import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page, TestInfo } from '@playwright/test'
import { logIn } from './harness/dashboard.ts'
import type { Installation } from './harness/installation.ts'
import { errorOf, sendEvent } from './harness/send-event.ts'
import { expect, test } from './harness/test.ts'
import { pageLoad, sendTraffic, session, type TrafficItem } from './harness/traffic.ts'

// Pages must look as in the pictures of `appearance/`. `npm run e2e -- appearance -u` takes them anew.

const SHOP = '/organizations/acme/projects/shop'
const PAGES = [
  { name: 'issues', path: '/organizations/acme/issues', heading: 'Issues' },
  { name: 'releases', path: `${SHOP}/releases`, heading: 'Releases' },
  { name: 'vitals', path: `${SHOP}/vitals`, heading: 'Web vitals' },
  { name: 'settings', path: `${SHOP}/settings/intake`, heading: 'Filters and privacy of shop' },
  { name: 'profile', path: '/profile', heading: 'Profile' },
]

const SIZES = [
  { theme: 'light', width: 320, height: 640 },
  { theme: 'light', width: 1920, height: 1000 },
  { theme: 'dark', width: 320, height: 640 },
] as const

/** Where the hour matters, or what differs from one installation to the next. */
const changing = (page: Page) => [
  page.locator('.plot, .sparkline, .trend-plot, .trend-axis'),
  page.getByLabel('Time zone'),
  page.getByText(/^Now it is/),
]

const FAULTS = ['CartError', 'PaymentRefused', 'TypeError', 'QuotaExceededError', 'ChunkLoadError', 'RangeError']
const visit = (number: number): TrafficItem =>
  pageLoad({
    hours: 3 + number,
    page: ['/', '/cart', '/', '/checkout', '/', '/cart'][number % 6]!,
    release: number < 20 ? 'shop@2.4.0' : 'shop@2.3.0',
    browser: number % 2 === 0 ? 'chrome' : 'phone',
    duration: 2000,
    vitals: { lcp: [1800, 2700, 1800, 4600, 1800, 2700][number % 6]!, inp: 120, cls: 0.02, fcp: 1100, ttfb: 400 },
    targets: { lcp: 'main>h1', inp: 'button.add-to-cart', cls: 'header>div.banner' },
  })

const furnish = async ({ client, reader }: Installation): Promise<void> => {
  for (const [number, type] of FAULTS.entries()) {
    const timestamp = Date.now() / 1000 - (3 * number + 2.8) * 3600
    const release = number < 3 ? 'shop@2.4.0' : 'shop@2.3.0'
    await sendEvent(client.dsn, errorOf(type, { timestamp, release, environment: 'production', user: { id: 'ada' } }))
    // In which order releases are heard of shows on the page: the first stands before the others come.
    if (number === 0) await reader.issue(type)
  }
  const sessions = Array.from({ length: 10 }, (_, number) => session(5 + number, 'shop@2.4.0', number % 5 === 0))
  await sendTraffic(client.dsn, [...Array.from({ length: 42 }, (_, number) => visit(number)), ...sessions])
  for (const type of FAULTS) await reader.issue(type)
}

const fontsFile = fileURLToPath(new URL('appearance/fonts.json', import.meta.url))

test.use({ timezoneId: 'UTC', locale: 'en-US' })

interface Widths {
  text: number
  code: number
}

/** How wide a text is in the fonts of the pages, which tells fonts apart. */
const widths = (page: Page): Promise<Widths> =>
  page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d')!
    const style = getComputedStyle(document.documentElement)
    const widthIn = (font: string) => {
      context.font = `100px ${style.getPropertyValue(font)}`
      return Math.round(context.measureText('Foghorn: the quick brown fox, 0123456789 @#%&').width)
    }
    return { text: widthIn('--font'), code: widthIn('--mono') }
  })

/** Pictures tell something only where the fonts are those that they were taken with. */
const checkFonts = async (page: Page, { config }: TestInfo): Promise<void> => {
  const found = await widths(page)
  if (config.updateSnapshots === 'all' || config.updateSnapshots === 'changed')
    await writeFile(fontsFile, `${JSON.stringify(found, null, 2)}\n`)
  const wanted = JSON.parse(await readFile(fontsFile, 'utf8')) as Widths
  const isSame = found.text === wanted.text && found.code === wanted.code
  const differ = `a text is ${JSON.stringify(wanted)} wide in them, ${JSON.stringify(found)} in those of here.`
  test.skip(!isSame, `The pictures were taken with other fonts: ${differ}`)
}

const open = async (page: Page, address: string, heading: string): Promise<void> => {
  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1, name: heading }).first()).toBeVisible()
  await expect(page.locator('.skeleton, .plot-waiting')).toHaveCount(0)
}

test('the main pages look as they did, narrow and wide, light and dark', async ({
  page,
  ownInstallation,
}, testInfo) => {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' })
  await logIn(page, ownInstallation)
  await checkFonts(page, testInfo)
  await furnish(ownInstallation)
  await page.clock.setFixedTime(Date.now())
  const issue = await ownInstallation.reader.issue('CartError')
  const pages = [...PAGES, { name: 'issue', path: `/organizations/acme/issues/${issue.id}`, heading: 'CartError' }]
  for (const { name, path, heading } of pages)
    for (const { theme, width, height } of SIZES) {
      await page.setViewportSize({ width, height })
      await open(page, ownInstallation.service.url + path, heading)
      await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme)
      await expect.soft(page).toHaveScreenshot(`${name}-${width}-${theme}.png`, { mask: changing(page) })
    }
})
