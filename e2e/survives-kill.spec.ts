import { BURST_TIMEOUT_MS, killInBursts } from './harness/burst.ts'
import { expect, test } from './harness/test.ts'

const TEXT = 'The cart cannot hold -2 of lantern'

test('an event that got its 200 survives kill -9 at that moment, once', async ({ page, ownInstallation }) => {
  const { reader, service, shopUrl } = ownInstallation
  await page.goto(shopUrl)
  const answer = page.waitForResponse((response) => response.request().postData()?.includes(TEXT) ?? false)
  await page.getByTestId('fail-method').click()
  expect((await answer).status()).toBe(200)
  await service.kill()
  await page.goto('about:blank')
  await service.start()

  const issue = await reader.issue(TEXT)
  expect(await reader.eventsOf(issue)).toHaveLength(1)
  expect(issue.count).toBe('1')
})

test('killed at any moment of a burst, the service has every event it took, once', async ({ ownInstallation }) => {
  test.setTimeout(BURST_TIMEOUT_MS)
  await killInBursts(ownInstallation)
})
