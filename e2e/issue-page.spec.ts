import type { Page } from '@playwright/test'
import { axeFindings } from './harness/axe.ts'
import { logIn } from './harness/dashboard.ts'
import type { Installation } from './harness/installation.ts'
import { errorOf, sendEvent } from './harness/send-event.ts'
import { placeInShop } from './harness/shop.ts'
import { expect, test } from './harness/test.ts'

const VALUE = "Cannot read properties of undefined (reading 'cents')"

const breakShop = async (page: Page, { reader, shopUrl }: Installation) => {
  const shop = await page.context().newPage()
  await shop.goto(shopUrl)
  await shop.getByTestId('fail-handler').click()
  await shop.close()
  return reader.issue(VALUE)
}

const inBothThemes = async (page: Page, what: string) => {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme)
    expect(await axeFindings(page), `${what}, ${theme}`).toEqual([])
  }
}

/** What a button copies, without asking a clipboard that other programs write to. */
const copied = async (page: Page, name: string): Promise<string> => {
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async (text: string) => void ((globalThis as { taken?: string }).taken = text) },
    })
  })
  await page.getByRole('button', { name, exact: true }).first().click()
  return page.evaluate(() => (globalThis as { taken?: string }).taken ?? '')
}

test('from a frame one reads on in the source, and into the repository and the editor', async ({
  page,
  installation,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await logIn(page, installation)
  await page.goto((await breakShop(page, installation)).permalink)
  const { line, column, text } = placeInShop('src/catalog/offers.ts', 'const saved = offer.before.^cents')
  const place = `src/catalog/offers.ts:${line}:${column}`
  const lines = page.getByRole('region', { name: 'Stack' }).locator('.source').first().getByRole('listitem')
  await expect(lines.filter({ hasText: 'Failing line:' })).toContainText(text.trim())
  const before = await lines.count()
  await page.getByRole('button', { name: 'More lines' }).first().click()
  await expect.poll(() => lines.count()).toBeGreaterThan(before)
  await expect(lines.filter({ hasText: 'Failing line:' })).toContainText(text.trim())
  await expect(lines.filter({ hasText: 'Failing line:' })).toBeInViewport()
  await expect(page.getByRole('img', { name: /^Last 24 hours: \d+ events?/ })).toBeVisible()

  await page.getByRole('button', { name: 'Source links…' }).click()
  await page.getByLabel('Repository').fill('javascript://x/{path}')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('must begin with one of http://')).toBeVisible()
  await inBothThemes(page, 'where files are opened')
  await page.getByLabel('Repository').fill('https://git.example.com/shop/blob/{release}/{path}#L{line}')
  await page.getByLabel('Editor').fill('vscode://file/home/ada/shop/{path}:{line}:{column}')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('link', { name: `Open ${place} in the repository` })).toHaveAttribute(
    'href',
    new RegExp(`^https://git\\.example\\.com/shop/blob/[^/]+/src/catalog/offers\\.ts#L${line}$`),
  )
  await expect(page.getByRole('link', { name: `Open ${place} in the editor` })).toHaveAttribute(
    'href',
    `vscode://file/home/ada/shop/${place}`,
  )
  expect(await copied(page, `Copy ${place}`)).toBe(place)
  const markdown = await copied(page, 'Copy as Markdown')
  expect(markdown).toContain(place)
  expect(markdown).toContain(await copied(page, 'Copy link'))
})

test('one goes through the events of an issue, all of them or those of one release, and with the keyboard', async ({
  page,
  installation,
}) => {
  const { client, reader } = installation
  await logIn(page, installation)
  const at = (minutes: number, release: string) =>
    sendEvent(client.dsn, errorOf('TillerError', { release, timestamp: Date.now() / 1000 - (60 - minutes) * 60 }))
  const events = [await at(1, 'hull@1'), await at(2, 'hull@2'), await at(3, 'hull@1'), await at(4, 'hull@2')]
  for (const event of events) await reader.event(event)
  const [first, second, third, fourth] = events.map((id) => id.slice(0, 8)) as [string, string, string, string]
  await page.goto((await reader.issue('TillerError')).permalink)
  const bar = page.locator('.event-name')
  const go = async (name: string, to: string) => {
    await page.getByRole('navigation', { name: 'Events of this issue' }).getByRole('link', { name }).click()
    await expect(bar).toContainText(to)
  }
  await expect(bar).toContainText(fourth)
  await go('Previous', third)
  await go('First', first)
  await page.getByLabel('Go through').selectOption('Same release')
  await go('Next', third)
  await expect(page.getByRole('link', { name: 'Latest' })).toBeHidden()
  await go('First', first)
  await page.getByLabel('Go through').selectOption('All events')
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('j')
  await expect(bar).toContainText(second)
  await page.keyboard.press('k')
  await expect(bar).toContainText(first)

  // Somebody else's change shows without a reload.
  await sendEvent(client.dsn, errorOf('TillerError', { release: 'hull@3' }))
  await expect(page.locator('.facts')).toContainText('5')
})

test('ten thousand breadcrumbs are found, filtered and scrolled, and only what is in sight is drawn', async ({
  page,
  installation,
}) => {
  const { client, reader } = installation
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await logIn(page, installation)
  await sendEvent(client.dsn, errorOf('LogError', { breadcrumbs: [{ category: 'console', message: 'first' }] }))
  const { permalink } = await reader.issue('LogError')
  // More than the service takes in, so that the page is what is measured.
  const start = Date.parse('2026-01-01T00:00:00Z')
  const values = Array.from({ length: 10_000 }, (_, number) => ({
    timestamp: new Date(start + number).toISOString(),
    category: number % 2 === 0 ? 'console' : 'ui.click',
    message: `step ${number}`,
  }))
  await page.route('**/events/latest/', async (route) => {
    const response = await route.fetch()
    const event = await response.json()
    const entries = event.entries.filter(({ type }: { type: string }) => type !== 'breadcrumbs')
    await route.fulfill({
      response,
      json: { ...event, entries: [...entries, { type: 'breadcrumbs', data: { values } }] },
    })
  })
  await page.goto(permalink)
  await page.getByRole('button', { name: 'Show 9,985 earlier breadcrumbs' }).click()
  const box = page.getByRole('group', { name: 'All breadcrumbs' })
  await expect(box.getByText('step 9999', { exact: true })).toBeVisible()
  expect(await box.getByRole('listitem').count()).toBeLessThan(100)
  await inBothThemes(page, 'a long timeline')
  await box.evaluate((element) => element.scrollTo(0, 0))
  await expect(box.getByText('step 0', { exact: true })).toBeVisible()
  await expect(box.getByText('step 9999', { exact: true })).toBeHidden()

  await page.getByRole('button', { name: 'Clicks and input 5,000' }).click()
  await expect(page.getByText('step 9998', { exact: true })).toBeHidden()
  await expect(page.getByText('step 9999', { exact: true })).toBeVisible()
  await page.getByLabel('Filter breadcrumbs').fill('step 77')
  await expect(page.getByText('step 7799', { exact: true })).toBeVisible()
  await page.getByLabel('Filter breadcrumbs').fill('no such step')
  await expect(page.getByText('None of the 10,000 breadcrumbs is like that.')).toBeVisible()
})
