import type { DeadLetterJson } from '@foghorn/server'
import type { Page } from '@playwright/test'
import { axeFindings } from './harness/axe.ts'
import { logIn } from './harness/dashboard.ts'
import type { Installation } from './harness/installation.ts'
import { watchOffences } from './harness/page-offences.ts'
import { takePicture } from './harness/picture.ts'
import { expect, test } from './harness/test.ts'
import { sendTraffic } from './harness/traffic.ts'
import { MISSING_SCRIPT, NEW, OLD, week } from './harness/week.ts'

const PAGES: { path: string; heading: string; shows: string; image?: string }[] = [
  { path: 'releases', heading: 'Releases', shows: NEW },
  { path: `releases/${encodeURIComponent(NEW)}`, heading: NEW, shows: 'Beside the release before', image: 'release' },
  { path: 'vitals', heading: 'Web vitals', shows: 'aside.recommendations', image: 'web-vitals' },
  { path: 'performance', heading: 'Performance', shows: '/checkout' },
  { path: 'statistics', heading: 'Statistics', shows: 'Mean time to resolve' },
  { path: 'source-maps', heading: 'Source maps', shows: MISSING_SCRIPT },
  { path: 'ingest', heading: 'Ingest health', shows: 'before_send' },
]

const addressOf = ({ service }: Installation, path: string, project = 'shop'): string =>
  `${service.url}/organizations/acme/projects/${project}/${path}`

/** A week of a shop through the front door, a release that CI told of, and one issue that somebody resolved. */
const furnish = async ({ client, reader }: Installation): Promise<void> => {
  await sendTraffic(client.dsn, week())
  // What nobody can read was sent last: all else has been heard of, and the release of CI is not the first.
  await expect.poll(async () => (await reader.figures<DeadLetterJson[]>('dead-letters/')).length).toBe(1)
  const version = encodeURIComponent(NEW)
  await reader.change('PUT', `/organizations/acme/releases/${version}/`, {
    projects: ['shop'],
    dateReleased: new Date(Date.now() - 60 * 3_600_000).toISOString(),
    commits: [
      {
        id: 'a'.repeat(40),
        message: 'Checkout: ask for the address once',
        author_name: 'Ada',
        repository: 'acme/shop',
      },
      { id: 'b'.repeat(40), message: 'Horns: pictures in two sizes', author_name: 'Grace', repository: 'acme/shop' },
    ],
  })
  await reader.change('POST', `/organizations/acme/releases/${version}/deploys/`, {
    environment: 'production',
    dateFinished: new Date(Date.now() - 59 * 3_600_000).toISOString(),
  })
  const issue = await reader.issue('Payment was refused')
  await reader.change('PUT', `/organizations/acme/issues/${issue.id}/`, {
    status: 'resolved',
    statusDetails: { inRelease: NEW },
  })
}

/** Figures are there, and charts are drawn. */
const settle = async (page: Page): Promise<void> => {
  await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0)
  await expect(page.locator('.plot-waiting')).toHaveCount(0)
}

const hasNoSidewaysScroll = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)

test('pages of figures show what came in, in both themes and on every width, to everybody', async ({
  page,
  ownInstallation,
}) => {
  await furnish(ownInstallation)
  await logIn(page, ownInstallation)
  const offences = await watchOffences(page, ownInstallation.service.url)
  for (const { path, heading, shows, image } of PAGES)
    for (const [theme, width] of [
      ['light', 1440],
      ['dark', 320],
    ] as const) {
      await page.setViewportSize({ width, height: 900 })
      if (theme === 'light' && width === 1440) await page.goto(addressOf(ownInstallation, path))
      await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme)
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
      if (heading === 'Web vitals') await page.getByRole('button', { name: 'CLS' }).click()
      await expect(page.getByRole('main').getByText(shows).first()).toBeVisible()
      await settle(page)
      if (theme === 'light' && image !== undefined) await takePicture(page, image)
      expect.soft(await hasNoSidewaysScroll(page), `${heading} at ${width} px`).toBe(true)
      expect.soft(await axeFindings(page), `${heading} in ${theme} at ${width} px`).toEqual([])
    }
  expect(offences).toEqual([])
})

const QUIET = [
  ['releases', 'No release yet'],
  ['vitals', 'No vitals in the last 7 days'],
  ['performance', 'No transactions in the last 7 days'],
  ['statistics', 'Nothing came in in the last 7 days'],
  ['ingest', 'Nothing came in in the last 7 days'],
] as const

test('pages without figures say how to get them, and with them lead from each figure to its cause', async ({
  page,
  ownInstallation,
}) => {
  await logIn(page, ownInstallation)
  for (const [path, title] of QUIET) {
    await page.goto(addressOf(ownInstallation, path))
    await expect(page.getByRole('heading', { name: title })).toBeVisible()
    expect.soft(await axeFindings(page), `${path} without figures`).toEqual([])
  }
  await page.goto(addressOf(ownInstallation, 'vitals'))
  await expect(page.getByText(ownInstallation.client.dsn)).toBeVisible()

  await furnish(ownInstallation)
  await narrowVitals(page, ownInstallation)
  await compareTransactions(page, ownInstallation)
  await setObjective(page, ownInstallation)
  await clearDeadLetter(page, ownInstallation)
  await openRelease(page, ownInstallation)
  await mendMaps(page, ownInstallation)
})

const narrowVitals = async (page: Page, installation: Installation): Promise<void> => {
  await page.goto(addressOf(installation, 'vitals'))
  await page.getByRole('button', { name: 'CLS' }).click()
  await page.getByRole('button', { name: '/horns/*' }).click()
  await expect(page).toHaveURL(/vital=cls/)
  await expect(page).toHaveURL(/page=%2Fhorns/)
  await expect(page.getByRole('list', { name: 'Narrowed to' })).toContainText('Page: /horns/*')
  await page.getByRole('button', { name: 'Device' }).click()
  await expect(page.getByRole('row', { name: /mobile/ })).toBeVisible()
  // The keyboard and screen readers read the same figures as a table.
  await page.getByRole('button', { name: /^Table: Cumulative Layout Shift/ }).press('Enter')
  const table = page.getByRole('table', { name: /^Cumulative Layout Shift/ })
  await expect(table.getByRole('row')).toHaveCount(58)
  await expect(table).toContainText('0.')
  await page.getByRole('button', { name: 'Show every page again' }).click()
  await expect(page.getByRole('list', { name: 'Narrowed to' })).toBeHidden()
}

const compareTransactions = async (page: Page, installation: Installation): Promise<void> => {
  await page.goto(addressOf(installation, 'performance'))
  await page.getByRole('button', { name: 'p95' }).click()
  const first = page.getByRole('table').getByRole('row').nth(1)
  await expect(first).toContainText('/checkout')
  await first.getByRole('button').click()
  await expect(page).toHaveURL(/page=%2Fcheckout/)
  await page.getByLabel('Names that contain').fill('horns')
  await expect(page.getByRole('row')).toHaveCount(2)
}

const setObjective = async (page: Page, installation: Installation): Promise<void> => {
  await page.goto(addressOf(installation, 'statistics'))
  await page.getByRole('button', { name: 'Browser', exact: true }).click()
  await expect(page.getByRole('row', { name: /Firefox 20/ })).toBeVisible()
  await page.getByRole('link', { name: 'Set an objective' }).click()
  await page.getByLabel('At least so many percent').fill('90')
  await page.getByRole('button', { name: 'Save the objective' }).click()
  await expect(page.getByRole('button', { name: 'Do without an objective' })).toBeVisible()
  await page.getByRole('link', { name: 'Statistics' }).click()
  await expect(page.getByText('90% of sessions without a crash, over 28 days')).toBeVisible()
  await settle(page)
  expect.soft(await axeFindings(page), 'an error budget').toEqual([])
  const started = page.waitForEvent('download')
  await page.getByRole('link', { name: 'As a table (CSV)' }).click()
  expect((await started).suggestedFilename()).toMatch(/^shop-.*\.csv$/)
}

const clearDeadLetter = async (page: Page, installation: Installation): Promise<void> => {
  await page.goto(addressOf(installation, 'ingest'))
  await page.getByLabel('Kind of what came in').selectOption('session')
  await expect(page.getByText('All that came in was stored.')).toBeVisible()
  const letters = page.getByRole('region', { name: 'Dead letters' })
  const replay = letters.getByRole('button', { name: /^Replay/ })
  const before = await replay.getAttribute('aria-label')
  await replay.click()
  // Nothing has been mended, so it comes back as another one.
  await expect
    .poll(async () => (await installation.reader.figures<DeadLetterJson[]>('dead-letters/')).length, {
      timeout: 60_000,
    })
    .toBe(1)
  await page.reload()
  await expect(replay).not.toHaveAttribute('aria-label', before!)
  await letters.getByRole('button', { name: /^Delete/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Delete/ })
    .click()
  await expect(letters).toContainText('Nothing is set aside.')
}

const openRelease = async (page: Page, installation: Installation): Promise<void> => {
  await page.goto(addressOf(installation, 'releases'))
  await page.getByLabel('Versions that contain').fill('2.4')
  await expect(page.getByRole('link', { name: OLD })).toBeHidden()
  await page.getByRole('link', { name: NEW }).click()
  await expect(page.getByRole('heading', { level: 1, name: NEW })).toBeVisible()
  await expect(page.getByText('Checkout: ask for the address once')).toBeVisible()
  await page.getByRole('button', { name: 'Resolved' }).click()
  await expect(page.getByRole('link', { name: 'Payment was refused' })).toBeVisible()
  await page.getByRole('row').getByRole('link', { name: OLD }).click()
  await expect(page.getByRole('heading', { level: 1, name: OLD })).toBeVisible()
}

const mendMaps = async (page: Page, installation: Installation): Promise<void> => {
  await page.goto(addressOf(installation, 'source-maps'))
  await page.getByLabel('Script', { exact: true }).fill(`${MISSING_SCRIPT}:1:2048`)
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  const check = page.getByRole('region', { name: 'Check a script' })
  await expect(check).toContainText('No source map was uploaded for this script')
  await page.getByRole('button', { name: /^Files of upload/ }).click()
  const file = page.getByRole('row', { name: /index-.*\.js.*script/ }).first()
  await page.getByLabel('Debug ID', { exact: true }).fill(await file.getByRole('cell').nth(1).innerText())
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await expect(check).toContainText('A map was found by its debug ID')
  await page.getByRole('button', { name: /^Delete upload/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Delete/ })
    .click()
  await expect(page.getByRole('region', { name: 'Uploads' })).toContainText('Nothing was uploaded yet.')
}
