import { logIn } from './harness/dashboard.ts'
import { placeInShop } from './harness/shop.ts'
import { expect, test } from './harness/test.ts'

const VALUE = "Cannot read properties of undefined (reading 'cents')"

test('a team works on an issue until it is resolved, and its page tells all of it', async ({
  page,
  ownInstallation,
}) => {
  await logIn(page, ownInstallation)
  const shop = await page.context().newPage()
  await shop.goto(ownInstallation.shopUrl)
  await shop.getByTestId('show-horn').click()
  await shop.getByRole('button', { name: 'Close' }).click()
  await shop.getByTestId('add-horn').click()
  await shop.getByTestId('fail-handler').click()
  await shop.close()
  await page.goto((await ownInstallation.reader.issue(VALUE)).permalink)

  const history = page.getByRole('region', { name: 'Comments and history' })
  const assignee = page.getByLabel('Assigned to')
  await assignee.selectOption({ index: 1 })
  await expect(history.getByRole('listitem').first()).toContainText('gave it to')
  await page.getByLabel('Priority').selectOption('low')
  await expect(page.getByText('Set by a person')).toBeVisible()

  const { text } = placeInShop('src/catalog/offers.ts', 'const saved = offer.before.^cents')
  await history.getByLabel('Comment').fill(`Offers without a price before: ${text.trim()}`)
  await history.getByRole('button', { name: 'Comment', exact: true }).click()
  await expect(history.getByRole('listitem').first()).toContainText(text.trim())
  await history.getByRole('button', { name: 'Change' }).click()
  await history.getByLabel('Comment').last().fill('It is fixed')
  await history.getByRole('button', { name: 'Save' }).click()
  await expect(history.getByRole('listitem').first()).toContainText('It is fixed')

  // Tags of all events lead to whatever else has them.
  const { severity } = await ownInstallation.reader.issue(VALUE)
  await expect(page.getByText(`${severity} severity`, { exact: true })).toBeVisible()
  const bar = page.locator('.tag-bars').getByRole('link', { name: severity, exact: true })
  await expect(bar).toHaveAttribute('href', `/organizations/acme/issues?query=severity%3A${severity}`)

  await page.getByText('More', { exact: true }).click()
  await page.getByRole('button', { name: 'Ignore until 100 more events' }).click()
  await expect(page.getByText('until 100 more events', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Resolve', exact: true }).click()
  await expect(history.getByRole('listitem').first()).toContainText('resolved it')

  const issue = await ownInstallation.reader.issue(VALUE)
  expect(issue).toMatchObject({ status: 'resolved', priority: 'low', numComments: 1, assignedTo: { type: 'user' } })
})
