import { startGithub } from '../packages/server/test/ticket-servers/github.ts'
import { logIn } from './harness/dashboard.ts'
import { createInstallation } from './harness/installation.ts'
import { expect, test } from './harness/test.ts'

test('an issue gets a ticket, closing it resolves the issue, and opening the issue again opens it', async ({
  page,
}) => {
  const github = await startGithub()
  // The GitHub of this test is on this machine.
  const installation = await createInstallation(test.info().parallelIndex, { FOGHORN_ALERT_NETWORKS: '127.0.0.0/8' })
  const { service, reader, shopUrl } = installation
  await logIn(page, installation)
  await page.goto(`${service.url}/organizations/acme/ticket-systems`)
  await page.getByLabel('Name').fill('Our GitHub')
  await page.getByLabel('Repository').fill('acme/shop')
  await page.getByLabel('Token').fill('github_pat_of_the_tests')
  await page.getByLabel('Address of the API').fill(github.url)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  const secret = await page.getByText('is shown this once').locator('code').innerText()
  await page.getByRole('button', { name: 'Test Our GitHub' }).click()
  await expect(page.getByText('Reads the issues of acme/shop.')).toBeVisible()
  await page.getByText('Webhook', { exact: true }).click()
  const hookUrl = await page.getByText('/api/0/ticket-hooks/').innerText()

  await page.goto(`${service.url}/organizations/acme/projects/shop/alerts`)
  await page.getByLabel('When').selectOption('regression')
  await page.getByRole('button', { name: 'Add the rule' }).click()
  await expect(page.getByText('Tick at least one channel to tell, or one system to make a ticket in.')).toBeVisible()
  await page.getByLabel('Our GitHub').check()
  await page.getByRole('button', { name: 'Add the rule' }).click()
  await expect(page.getByText('Makes a ticket')).toBeVisible()

  const shop = await page.context().newPage()
  await shop.goto(shopUrl)
  await shop.getByTestId('fail-handler').click()
  await shop.close()
  await page.goto((await reader.issue("reading 'cents'")).permalink)
  await page.getByRole('button', { name: 'Create a ticket in Our GitHub' }).click()
  await expect(page.getByRole('link', { name: 'Our GitHub 1' })).toHaveAttribute('href', /acme\/shop\/issues\/1$/)
  const ticket = github.tickets.get('1')!
  expect(ticket.text).toContain('src/catalog/offers.ts')

  ticket.isClosed = true
  const { headers, body } = github.hook('1', secret, Date.now())
  expect((await fetch(hookUrl, { method: 'POST', headers, body })).status).toBe(202)
  await expect.poll(async () => (await reader.issue("reading 'cents'")).status).toBe('resolved')
  await page.reload()
  await page.getByRole('button', { name: 'Unresolve' }).click()
  await expect.poll(() => ticket.isClosed).toBe(false)
  await page.reload()
  await page.getByRole('button', { name: 'Unlink the ticket 1 of Our GitHub' }).click()
  await expect(page.getByRole('button', { name: 'Create a ticket in Our GitHub' })).toBeVisible()
  expect(github.violations).toEqual([])
  await installation.close()
  await github.close()
})
