import { logIn } from './harness/dashboard.ts'
import { expect, test } from './harness/test.ts'

test('from a channel to an alert that somebody acknowledges', async ({ page, ownInstallation }) => {
  const { service, shopUrl } = ownInstallation
  await logIn(page, ownInstallation)
  await page.goto(`${service.url}/organizations/acme/projects`)
  await page.getByRole('link', { name: 'Alerts of' }).click()
  await page.getByRole('link', { name: 'add a channel' }).click()
  await page.getByLabel('Kind').selectOption('webhook')
  await page.getByLabel('Name').fill('robots')
  // A private address: nothing is sent there.
  await page.getByLabel('Address').fill('http://127.0.0.1:9/hook')
  await page.getByRole('button', { name: 'Add the channel' }).click()
  await expect(page.getByText(/whsec_/)).toBeVisible()
  await page.getByRole('button', { name: 'Send a test to robots' }).click()
  await expect(page.getByText('127.0.0.1 is no public address')).toBeVisible()

  await page.goto(`${service.url}/organizations/acme/projects/shop/alerts`)
  await page.getByLabel('Name').fill('anything new')
  await page.getByLabel('robots').check()
  await page.getByRole('button', { name: 'Add the rule' }).click()
  await expect(page.getByRole('heading', { name: 'anything new' })).toBeVisible()

  const shop = await page.context().newPage()
  await shop.goto(shopUrl)
  await shop.getByTestId('fail-handler').click()
  await shop.close()
  await ownInstallation.reader.issue("reading 'cents'")
  await page.reload()
  await page.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(page.getByText('acknowledged', { exact: true })).toBeVisible()
})
