import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, type Page } from '@playwright/test'
import { startBareService } from './harness/bare-service.ts'
import { snippet } from './harness/dashboard.ts'
import { takePicture } from './harness/picture.ts'

let bare: Awaited<ReturnType<typeof startBareService>>

test.beforeAll(async () => {
  bare = await startBareService(test.info().parallelIndex)
})
test.afterAll(() => bare.close())

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })

/** The page of somebody who pasted the snippet, on a site of its own. */
const openSiteWith = async (page: Page, tag: string) => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<!doctype html><title>Site</title>${tag}<script>null.lamp</script>`)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const site = await page.context().newPage()
  await site.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  return {
    close: async () => {
      await site.close()
      server.close()
    },
  }
}

test('from the printed link over account, project and snippet to the first event, and back out of the demo', async ({
  page,
}) => {
  await page.goto(bare.service.setupUrl())
  await page.getByLabel('Your name').fill('Ada')
  await page.getByLabel('Email').fill('ada@example.com')
  await page.getByLabel('Password').fill('a long tide comes in')
  await page.getByLabel('Organization').fill('Acme')
  await page.getByRole('button', { name: 'Create account' }).click()

  await page.getByRole('link', { name: 'Create a project' }).click()
  await page.getByLabel('Name').fill('Lamp shop')
  await page.getByRole('button', { name: 'Create project' }).click()
  await expect(heading(page, 'Set up lamp-shop')).toBeVisible()
  await expect(page.getByText('Waiting for the first event…')).toBeVisible()

  // Every way has code that names this project; the script tag is the one that needs no build.
  for (const way of ['npm', 'React', 'Vite']) {
    await page.getByRole('button', { name: way, exact: true }).click()
    await expect(page.locator('pre').filter({ hasText: "init({ dsn: 'http://" })).toBeVisible()
  }
  await page.getByRole('button', { name: 'Script tag' }).click()
  const site = await openSiteWith(page, await snippet(page, 'script tag'))
  await expect(page.getByText('Events arrive.')).toBeVisible()
  await site.close()
  await takePicture(page, 'first-event')
  await page.getByRole('link', { name: 'Open LAMP-SHOP-1' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText("reading 'lamp'")

  await page.goBack()
  await page.getByRole('button', { name: 'Send a test error' }).click()
  await expect(page.getByText('Taken.')).toBeVisible()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Issues' }).click()
  const sent = page.getByRole('link', { name: 'A test error, sent from the settings of lamp-shop' })
  // A list that was loaded before the event was stored does not move under the reader's hands.
  const hearsOfIt = page.getByRole('button', { name: 'Show 1 new issue' })
  await expect(sent.or(hearsOfIt)).toBeVisible()
  if (await hearsOfIt.isVisible()) await hearsOfIt.click()
  await expect(sent).toBeVisible()

  await page.getByRole('link', { name: 'Projects', exact: true }).click()
  await page.getByRole('link', { name: 'Create a project' }).click()
  await page.getByRole('button', { name: 'Look around in a demo project' }).click()
  // The demo's stacks are read with the maps that came with it.
  await expect(page.getByText('fareOf (src/fares.ts)')).toBeVisible()
  await takePicture(page, 'issues')
  await page.getByRole('link', { name: /Cannot destructure property/ }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Failing line:' }).first()).toContainText('crossing.fare')

  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await expect(heading(page, 'Settings of demo')).toBeVisible()
  await page.getByRole('button', { name: 'Delete demo' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete demo' }).click()
  await expect(heading(page, 'Projects')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Lamp shop', exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Demo: ferries' })).toHaveCount(0)
})
