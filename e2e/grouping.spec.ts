import type { RegroupingJson } from '@foghorn/server'
import { logIn } from './harness/dashboard.ts'
import { expect, test } from './harness/test.ts'

const OFFERS = "Cannot read properties of undefined (reading 'cents')"

test('a rule is tried on recent events, and what is saved holds for those of before', async ({
  page,
  ownInstallation,
}) => {
  const { reader, service, shopUrl } = ownInstallation
  await logIn(page, ownInstallation)
  const shop = await page.context().newPage()
  await shop.goto(shopUrl)
  await shop.getByTestId('fail-handler').click()
  await shop.close()
  await reader.issue(OFFERS)

  await page.goto(`${service.url}/organizations/acme/projects`)
  await page.getByRole('link', { name: 'Grouping of' }).click()
  await expect(page.getByText('Version 2')).toBeVisible()
  await page.getByRole('button', { name: 'Add a rule' }).click()
  await page.getByLabel('Name').fill('offers')
  await page.getByLabel('Pattern').fill('*cents*')
  await page.getByLabel('Fingerprint').fill('the offers')
  await page.getByRole('button', { name: 'Preview on recent events' }).click()
  await expect(page.getByText('offers holds for 1 event')).toBeVisible()
  expect((await reader.latestEvent(OFFERS)).grouping.rule).toBeUndefined()

  await page.getByRole('button', { name: 'Save rules' }).click()
  await expect(page.getByText('Grouping rules changed (1 rule)')).toBeVisible()
  const isFinished = async () => {
    const [pass] = await reader.figures<RegroupingJson[]>('regroupings/')
    return pass?.cause === 'rules-changed' && pass.dateFinished !== null
  }
  await expect.poll(isFinished).toBe(true)
  const { grouping } = await reader.latestEvent(OFFERS)
  expect(grouping).toMatchObject({ rule: 'offers', keys: [{ variant: 'custom', parts: ['the offers'] }] })
})
