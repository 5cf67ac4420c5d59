import { firefox, type Page } from '@playwright/test'
import { findFirefox } from '../scripts/browsers.mjs'
import { SHOP_RELEASE } from '../scripts/playground.mjs'
import { axeFindings } from './harness/axe.ts'
import { addressOf, PAGES, type Names } from './harness/dashboard-pages.ts'
import { dashboardRoutes } from './harness/dashboard-routes.ts'
import { logIn } from './harness/dashboard.ts'
import type { Installation } from './harness/installation.ts'
import { watchOffences } from './harness/page-offences.ts'
import { expect, test } from './harness/test.ts'

const SIZES = [
  ['light', 1440],
  ['dark', 1440],
  ['dark', 320],
  ['light', 320],
] as const

/** Opens a page and waits until nothing of it is being loaded any more. */
const open = async (page: Page, address: string, heading: string | RegExp) => {
  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1, name: heading }).first()).toBeAttached()
  await expect(page.locator('.skeleton')).toHaveCount(0)
}

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

/** What follows from another size has been drawn. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 50)))),
  )

/** All looks in the long run; otherwise two of them, a light and a dark one, which change from page to page. */
const looksOf = (page: number) =>
  process.env['FOGHORN_LONG'] ? SIZES : SIZES.filter((_, look) => look % 2 === page % 2)

const lookAt = async (page: Page, number: number): Promise<string[]> => {
  const found: string[] = []
  for (const [theme, width] of looksOf(number)) {
    await page.setViewportSize({ width, height: 900 })
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme)
    await settled(page)
    for (const finding of await axeFindings(page)) found.push(`${theme} ${width}: ${finding}`)
    if ((await overflow(page)) > 0) found.push(`${theme} ${width}: wider than the window`)
  }
  return found
}

/** Fills the demo project, so that pages have something to show, and tells what its pages are named by. */
const fillDemo = async (page: Page, { service }: Installation): Promise<Names> => {
  await page.goto(`${service.url}/organizations/acme/projects/new`)
  await page.getByRole('button', { name: 'Look around in a demo project' }).click()
  await page.getByRole('link', { name: /Cannot destructure property/ }).click()
  const { pathname } = new URL(page.url())
  const issueId = pathname.split('/').at(-1)!
  const [event] = await page.evaluate(
    async (issue) =>
      (await (await fetch(`/api/0/organizations/acme/issues/${issue}/events/`)).json()) as { eventID: string }[],
    issueId,
  )
  return { org: 'acme', project: 'demo', version: 'ferries@2.4.0', issueId, eventId: event!.eventID }
}

test('every route has a heading in the table, and every heading a route', () => {
  expect(Object.keys(PAGES).toSorted()).toEqual(dashboardRoutes())
})

test('on every page axe finds nothing, light and dark, small and wide, and nothing fails or leaves the service', async ({
  page,
  ownInstallation,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await logIn(page, ownInstallation)
  const names = await fillDemo(page, ownInstallation)
  const offences = await watchOffences(page, ownInstallation.service.url)
  const found: Record<string, string[]> = {}
  for (const [number, [route, heading]] of Object.entries(PAGES).entries()) {
    await open(page, ownInstallation.service.url + addressOf(route, names), heading)
    const findings = [...(await lookAt(page, number)), ...offences.splice(0)]
    // That a link is used up is an answer which browsers note as a failure.
    const real = route === '/setup' ? findings.filter((finding) => !finding.includes('410 (Gone)')) : findings
    if (real.length > 0) found[route] = real
  }
  expect(found).toEqual({})
})

test('in Firefox every page is drawn and nothing fails', async ({ page: chromium, installation }) => {
  const executablePath = findFirefox()
  test.skip(executablePath === undefined, 'Firefox is not installed')
  const { reader, service, shopUrl } = installation
  await chromium.goto(shopUrl)
  await chromium.getByTestId('fail-handler').click()
  const { id: issueId } = await reader.issue("reading 'cents'")
  const { eventID: eventId } = await reader.latestEvent("reading 'cents'")
  const names = { org: 'acme', project: 'shop', version: SHOP_RELEASE, issueId, eventId }

  const browser = await firefox.launch({ channel: 'moz-firefox', ...(executablePath && { executablePath }) })
  try {
    const page = await (await browser.newContext()).newPage()
    await logIn(page, installation)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    for (const [route, heading] of Object.entries(PAGES))
      await open(page, service.url + addressOf(route, names), heading)
    expect(errors).toEqual([])
  } finally {
    await browser.close()
  }
})

test('the keyboard reaches every entry of the sidebar, and the menu on a small screen', async ({
  page,
  installation,
}) => {
  await logIn(page, installation)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()

  const nav = page.getByRole('navigation', { name: 'Main' })
  await expect(nav.getByRole('link', { name: 'Issues' })).toHaveAttribute('aria-current', 'page')
  await nav.getByRole('link', { name: 'Settings' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings of shop' })).toBeVisible()
  await expect(nav.getByRole('link', { name: 'Settings' })).toHaveAttribute('aria-current', 'page')

  await page.setViewportSize({ width: 320, height: 700 })
  const menu = page.getByRole('button', { name: 'Menu' })
  await expect(nav).toBeHidden()
  await menu.focus()
  await page.keyboard.press('Enter')
  await expect(menu).toHaveAttribute('aria-expanded', 'true')
  await expect(nav.getByRole('link', { name: 'People and access' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(menu).toBeFocused()
  await expect(nav).toBeHidden()
  await page.keyboard.press('Enter')
  await nav.getByRole('link', { name: 'People and access' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible()
  await expect(nav).toBeHidden()
})
