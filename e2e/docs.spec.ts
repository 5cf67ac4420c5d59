import type { Page } from '@playwright/test'
import { axeFindings } from './harness/axe.ts'
import { startBareService } from './harness/bare-service.ts'
import { watchOffences } from './harness/page-offences.ts'
import { expect, test } from './harness/test.ts'

let bare: Awaited<ReturnType<typeof startBareService>>

test.beforeAll(async () => {
  bare = await startBareService(test.info().parallelIndex)
})
test.afterAll(() => bare.close())

const LOOKS = [
  ['light', 1280],
  ['dark', 320],
] as const

const isTooWide = async (page: Page): Promise<boolean> => {
  await page.setViewportSize({ width: 320, height: 900 })
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
}

/** Pages share their frame, so each is looked at in one theme and size. */
const lookAt = async (page: Page, address: string, look: number): Promise<string[]> => {
  const [colorScheme, width] = LOOKS[look % LOOKS.length]!
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.setViewportSize({ width, height: 900 })
  await page.goto(address)
  const findings = await axeFindings(page)
  return (await isTooWide(page)) ? [...findings, 'wider than 320 pixels'] : findings
}

test('every page of the documentation is for everybody, under the strict policy', async ({ page }) => {
  const offences = await watchOffences(page, bare.service.url)
  await page.goto(`${bare.service.url}/docs`)
  const links = page.getByRole('navigation', { name: 'Documentation' }).getByRole('link')
  const addresses = await links.evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).href))
  expect(addresses.length).toBeGreaterThan(25)
  const found: Record<string, string[]> = {}
  for (const [index, address] of addresses.entries()) {
    const findings = [...(await lookAt(page, address, index)), ...offences.splice(0)]
    if (findings.length > 0) found[address] = findings
  }
  expect(found).toEqual({})
})

test('a symptom is looked up with the keyboard alone', async ({ page }) => {
  await page.goto(`${bare.service.url}/docs/`)
  await page.keyboard.press('/')
  await page.keyboard.type('frames minifid')
  await expect(page.getByRole('listitem').getByRole('link', { name: 'My frames are minified' })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/docs\/troubleshooting\/#my-frames-are-minified$/)
  await expect(page.getByRole('heading', { name: 'My frames are minified' })).toBeInViewport()
})

test('the theme that somebody chose stays, and pictures go with it', async ({ page }) => {
  await page.goto(`${bare.service.url}/docs/feedback/`)
  const button = page.getByRole('button', { name: /^Theme/ })
  await button.click()
  await button.click()
  await page.reload()
  await expect(button).toHaveText('Theme: dark')
  await expect(page.locator('img.in-dark').first()).toBeVisible()
  await expect(page.locator('img.in-light').first()).toBeHidden()
})
