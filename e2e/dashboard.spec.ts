import type { Page } from '@playwright/test'
import { logIn } from './harness/dashboard.ts'
import type { Installation } from './harness/installation.ts'
import { takePicture, takesPictures } from './harness/picture.ts'
import { placeInShop } from './harness/shop.ts'
import { expect, test } from './harness/test.ts'

const VALUE = "Cannot read properties of undefined (reading 'cents')"

const breakShop = async (page: Page, { reader, shopUrl }: Installation) => {
  const shop = await page.context().newPage()
  await shop.goto(shopUrl)
  await shop.getByTestId('show-horn').click()
  await shop.getByRole('button', { name: 'Close' }).click()
  await shop.getByTestId('add-horn').click()
  await shop.getByTestId('fail-handler').click()
  await shop.close()
  return reader.issue(VALUE)
}

test('without an account nobody reads anything', async ({ page, installation }) => {
  await page.goto(installation.service.url)
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
})

test('from the printed link to a resolved issue', async ({ page, ownInstallation }) => {
  await logIn(page, ownInstallation)
  await breakShop(page, ownInstallation)

  await page.goto(ownInstallation.service.url)
  await page.getByRole('link', { name: VALUE }).click()
  await expect(page.getByRole('heading', { level: 1, name: VALUE })).toBeVisible()
  await page.getByRole('button', { name: 'Resolve', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Unresolve' })).toBeVisible()
  expect((await ownInstallation.reader.issue(VALUE)).status).toBe('resolved')

  await page.goto(ownInstallation.service.url)
  await page.getByRole('button', { name: 'Resolved', exact: true }).click()
  await expect(page.getByRole('link', { name: VALUE })).toBeVisible()
  await page.getByRole('button', { name: 'Unresolved', exact: true }).click()
  await expect(page.getByRole('link', { name: VALUE })).toBeHidden()
})

test('the issue page opens at the failing line, and keeps the minified stack at hand', async ({
  page,
  installation,
}) => {
  await logIn(page, installation)
  await page.goto((await breakShop(page, installation)).permalink)

  const { line, column, text } = placeInShop('src/catalog/offers.ts', 'const saved = offer.before.^cents')
  const crash = page.getByRole('button', { name: `src/catalog/offers.ts:${line}:${column}`, exact: false }).first()
  await expect(crash).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByRole('listitem').filter({ hasText: 'Failing line:' }).first()).toContainText(text.trim())

  const minified = page.getByText(/\/assets\/index-.*\.js:\d+:\d+/)
  await expect(minified).toBeHidden()
  await page.getByRole('button', { name: 'Minified stack' }).click()
  await expect(minified).toBeVisible()
})

test('the issue page tells what the visitor did before', async ({ page, installation }) => {
  await logIn(page, installation)
  await page.goto((await breakShop(page, installation)).permalink)
  const main = page.getByRole('main')
  await expect(main).toContainText('add-horn')
  await expect(main).toContainText('fail-handler')
  await expect(main).toContainText('harbour')
})

test('the picture in the README is of this page', async ({ page, installation }) => {
  test.skip(!takesPictures, 'taken when FOGHORN_SCREENSHOTS is 1')
  await page.setViewportSize({ width: 1280, height: 900 })
  await logIn(page, installation)
  await page.goto((await breakShop(page, installation)).permalink)
  await expect(page.getByRole('listitem').filter({ hasText: 'Failing line:' }).first()).toBeVisible()
  // The highlighter comes a moment after the lines.
  await expect(page.locator('[class^="token-"]').first()).toBeVisible()
  await takePicture(page, 'issue')
})
