import { type Page, firefox } from '@playwright/test'
import { findFirefox } from '../scripts/browsers.mjs'
import { axeFindings } from './harness/axe.ts'
import { dashboardRoutes } from './harness/dashboard-routes.ts'
import { logIn } from './harness/dashboard.ts'
import type { Installation } from './harness/installation.ts'
import { watchOffences } from './harness/page-offences.ts'
import { expect, test } from './harness/test.ts'

/** A page of every route, with its main heading. `$issueId` and `$eventId` are those of an event of the shop. */
const PAGES: Record<string, { at: string; heading: string | RegExp }> = {
  '/': { at: '/', heading: 'Issues' },
  '/organizations/$org/issues': { at: '/organizations/acme/issues', heading: 'Issues' },
  '/organizations/$org/issues/$issueId': { at: '/organizations/acme/issues/$issueId', heading: /cents/ },
  '/organizations/$org/issues/$issueId/events/$eventId': {
    at: '/organizations/acme/issues/$issueId/events/$eventId',
    heading: /cents/,
  },
  '/organizations/$org/feedback': { at: '/organizations/acme/feedback', heading: 'Feedback' },
  '/organizations/$org/projects': { at: '/organizations/acme/projects', heading: 'Projects' },
  '/organizations/$org/projects/new': { at: '/organizations/acme/projects/new', heading: 'Create a project' },
  '/organizations/$org/projects/$project/setup': {
    at: '/organizations/acme/projects/shop/setup',
    heading: 'Set up shop',
  },
  '/organizations/$org/projects/$project/settings': {
    at: '/organizations/acme/projects/shop/settings',
    heading: 'Settings of shop',
  },
  '/organizations/$org/projects/$project/settings/intake': {
    at: '/organizations/acme/projects/shop/settings/intake',
    heading: 'Filters and privacy of shop',
  },
  '/organizations/$org/projects/$project/grouping': {
    at: '/organizations/acme/projects/shop/grouping',
    heading: 'Grouping of shop',
  },
  '/organizations/$org/projects/$project/settings/ownership': {
    at: '/organizations/acme/projects/shop/settings/ownership',
    heading: 'Ownership of shop',
  },
  '/organizations/$org/projects/$project/settings/limits': {
    at: '/organizations/acme/projects/shop/settings/limits',
    heading: 'Retention and budget of shop',
  },
  '/organizations/$org/projects/$project/alerts': {
    at: '/organizations/acme/projects/shop/alerts',
    heading: 'Alerts of shop',
  },
  '/organizations/$org/members': { at: '/organizations/acme/members', heading: 'Members' },
  '/organizations/$org/teams': { at: '/organizations/acme/teams', heading: 'Teams' },
  '/organizations/$org/tokens': { at: '/organizations/acme/tokens', heading: 'Tokens' },
  '/organizations/$org/channels': { at: '/organizations/acme/channels', heading: 'Channels' },
  '/organizations/$org/access': { at: '/organizations/acme/access', heading: 'Access' },
  '/organizations/$org/audit-log': { at: '/organizations/acme/audit-log', heading: 'Audit log' },
  '/profile': { at: '/profile', heading: 'Profile' },
  '/setup': { at: '/setup?token=used', heading: /Set up Foghorn/ },
  '/login': { at: '/login', heading: 'Log in' },
}

const SIZES = [
  ['light', 1440],
  ['dark', 1440],
  ['dark', 320],
  ['light', 320],
] as const

/** What the pages of one issue need: an event of the shop. */
const breakShop = async (page: Page, { reader, shopUrl }: Installation) => {
  const shop = await page.context().newPage()
  await shop.goto(shopUrl)
  await shop.getByTestId('fail-handler').click()
  await shop.close()
  const { id } = await reader.issue("reading 'cents'")
  const { eventID } = await reader.latestEvent("reading 'cents'")
  return (at: string) => at.replace('$issueId', id).replace('$eventId', eventID)
}

/** Opens a page and waits until nothing of it is being loaded any more. */
const open = async (page: Page, address: string, heading: string | RegExp) => {
  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1, name: heading }).first()).toBeAttached()
  await expect(page.locator('.skeleton')).toHaveCount(0)
}

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

const lookAt = async (page: Page): Promise<string[]> => {
  const found: string[] = []
  for (const [theme, width] of SIZES) {
    await page.setViewportSize({ width, height: 900 })
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme)
    for (const finding of await axeFindings(page)) found.push(`${theme} ${width}: ${finding}`)
    if ((await overflow(page)) > 0) found.push(`${theme} ${width}: wider than the window`)
  }
  return found
}

test('every route has a page in the table, and every page a route', () => {
  expect(Object.keys(PAGES).toSorted()).toEqual(dashboardRoutes())
})

test('on every page axe finds nothing, light and dark, small and wide, and nothing fails or leaves the service', async ({
  page,
  installation,
}) => {
  test.setTimeout(400_000)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await logIn(page, installation)
  const addressOf = await breakShop(page, installation)
  const offences = await watchOffences(page, installation.service.url)
  const found: Record<string, string[]> = {}
  for (const [route, { at, heading }] of Object.entries(PAGES)) {
    await open(page, installation.service.url + addressOf(at), heading)
    const findings = [...(await lookAt(page)), ...offences.splice(0)]
    // That a link is used up is an answer which browsers note as a failure.
    const real = route === '/setup' ? findings.filter((finding) => !finding.includes('410 (Gone)')) : findings
    if (real.length > 0) found[route] = real
  }
  expect(found).toEqual({})
})

test('in Firefox every page is drawn and nothing fails', async ({ page: chromium, installation }) => {
  const executablePath = findFirefox()
  test.skip(executablePath === undefined, 'Firefox is not installed')
  test.setTimeout(300_000)
  const addressOf = await breakShop(chromium, installation)
  const browser = await firefox.launch({ channel: 'moz-firefox', ...(executablePath && { executablePath }) })
  try {
    const page = await (await browser.newContext()).newPage()
    await logIn(page, installation)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    for (const { at, heading } of Object.values(PAGES))
      await open(page, installation.service.url + addressOf(at), heading)
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
