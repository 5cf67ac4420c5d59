import { type Page, expect } from '@playwright/test'
import { buffered } from './harness/buffer.ts'
import type { Reader } from './harness/reader.ts'
import { test } from './harness/test.ts'

const FAILURE = 'fail-timer'
const EARLIER_TEXT = 'The last compass was sold'
const TEXT = 'The shop closed while you were looking around'

/** A visit that has reported something already, as most have whose network goes away. */
const openShop = async (page: Page, shopUrl: string, reader: Reader) => {
  await page.goto(shopUrl)
  await page.getByTestId('fail-capture-message').click()
  await reader.issue(EARLIER_TEXT)
  await expect.poll(() => buffered(page, EARLIER_TEXT), { message: 'it is not kept any longer' }).toBe(0)
}

const expectOnce = async (page: Page, reader: Reader) => {
  await reader.issue(TEXT)
  await expect.poll(() => buffered(page, TEXT), { message: 'it is not kept any longer' }).toBe(0)
  const issue = await reader.issue(TEXT)
  expect(issue.count).toBe('1')
  expect(await reader.eventsOf(issue)).toHaveLength(1)
}

test('an error thrown offline arrives exactly once after closing the page and going online', async ({
  page,
  context,
  ownInstallation: { reader, shopUrl },
}) => {
  await openShop(page, shopUrl, reader)
  await context.setOffline(true)
  await page.getByTestId(FAILURE).click()
  await expect.poll(() => buffered(page, TEXT), { message: 'the error is kept' }).toBe(1)
  await page.close()
  await context.setOffline(false)

  const later = await context.newPage()
  await later.goto(shopUrl)
  await expectOnce(later, reader)
})

test('an error thrown offline arrives exactly once on the same page', async ({
  page,
  context,
  ownInstallation: { reader, shopUrl },
}) => {
  await page.goto(shopUrl)
  await context.setOffline(true)
  await page.getByTestId(FAILURE).click()
  await context.setOffline(false)
  await expectOnce(page, reader)
})

test('an error that no service heard arrives exactly once after reloads', async ({
  page,
  ownInstallation: { reader, service, shopUrl },
}) => {
  await openShop(page, shopUrl, reader)
  await service.kill()
  await page.getByTestId(FAILURE).click()
  await expect.poll(() => buffered(page, TEXT), { message: 'the error is kept' }).toBe(1)
  await page.reload()
  await page.reload()
  await service.start()
  await page.reload()
  await expectOnce(page, reader)
})
