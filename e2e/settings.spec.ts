import type { Page } from '@playwright/test'
import { EMAIL, logIn, PASSWORD, snippet } from './harness/dashboard.ts'
import { expect, test } from './harness/test.ts'

const save = async (page: Page, name: string) => {
  await page.getByRole('button', { name, exact: true }).click()
  await expect(page.getByText(/^Saved/).first()).toBeVisible()
}

/** What a client of the project is answered, from a page of some site. */
const statusOf = async (dsn: string, origin: string): Promise<number> => {
  const { origin: service, username, pathname } = new URL(dsn)
  const body = `{}\n{"type":"event"}\n${JSON.stringify({ message: 'hello', extra: { loyaltyNumber: 4711 } })}`
  const address = `${service}/api${pathname}/envelope/?sentry_key=${username}`
  return (await fetch(address, { method: 'POST', body, headers: { origin } })).status
}

test('what is set up for a project holds', async ({ page, ownInstallation }) => {
  const { service, client, reader } = ownInstallation
  const settings = `${service.url}/organizations/acme/projects/shop/settings`
  await logIn(page, ownInstallation)

  await page.goto(settings)
  await page.getByLabel('Name', { exact: true }).fill('The shop')
  await save(page, 'Save the name')
  await expect(page.getByLabel('Switch project')).toContainText('The shop')
  await page.getByLabel('Name of another key').fill('Staging')
  await page.getByRole('button', { name: 'Add a key' }).click()
  const staging = await snippet(page, 'DSN of Staging')
  expect(await statusOf(staging, 'https://shop.example')).toBe(200)
  await page.getByRole('button', { name: 'Switch off Staging' }).click()
  await expect(page.getByRole('button', { name: 'Switch on Staging' })).toBeVisible()
  await expect.poll(() => statusOf(staging, 'https://shop.example')).toBe(403)

  await page.goto(`${settings}/intake`)
  await page.getByLabel('Sites whose pages may send').fill('https://shop.example')
  await save(page, 'Save allowed origins')
  await expect.poll(() => statusOf(client.dsn, 'https://evil.example')).toBe(403)
  expect(await statusOf(client.dsn, 'https://shop.example')).toBe(200)
  await reader.issue('hello')

  // What is typed is tried on the events that are there, before anything is saved.
  const preview = page.getByRole('region', { name: 'Preview' })
  await page.getByLabel('Names masked besides').fill('loyalty')
  await expect(preview).toContainText('extra.loyaltyNumber')
  await expect(preview).toContainText('[Filtered]')
  await page.getByLabel('Crawlers').check()
  await page.getByRole('button', { name: 'Save filters' }).click()
  await page.getByRole('button', { name: 'Save masking' }).click()
  await expect
    .poll(() => reader.figures('ingest-settings/'))
    .toMatchObject({ allowedOrigins: ['https://shop.example'], filterCrawlers: true, secretNames: ['loyalty'] })

  await page.goto(`${settings}/ownership`)
  await page.getByLabel('Rules of the project').fill('nonsense')
  await page.getByRole('button', { name: 'Save ownership' }).click()
  await expect(page.getByRole('alert').first()).toBeVisible()
  await page.getByLabel('Rules of the project').fill('path:src/* ada@example.com\npath:* #nobody')
  await save(page, 'Save ownership')
  await expect(page.getByText('The organization has no #nobody.')).toBeVisible()

  await page.goto(`${settings}/limits`)
  await page.getByLabel('Days', { exact: true }).fill('30')
  await save(page, 'Save retention')
  await page.getByLabel('At least so many percent').fill('99.9')
  await page.getByRole('button', { name: 'Save the objective' }).click()
  await expect(page.getByRole('button', { name: 'Do without an objective' })).toBeVisible()
  expect(await reader.figures('retention/')).toMatchObject({ days: 30, own: ['days'] })
  expect(await reader.figures('error-budget/')).toMatchObject({ objective: { target: 0.999 } })
})

test('people, teams and tokens of an organization, and what the audit log tells of them', async ({
  page,
  browser,
  ownInstallation,
}) => {
  const { service } = ownInstallation
  const organization = `${service.url}/organizations/acme`
  await logIn(page, ownInstallation)

  await page.goto(`${organization}/members`)
  await page.getByLabel('Email').fill('grace@example.com')
  await page.getByLabel('Role', { exact: true }).selectOption('viewer')
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const link = await snippet(page, 'invitation')
  const invited = await (await browser.newContext()).newPage()
  await invited.goto(link)
  await invited.getByLabel('Your name').fill('Grace')
  await invited.getByLabel('Password').fill('another long tide')
  await invited.getByRole('button', { name: 'Create account' }).click()
  await expect(invited.getByRole('heading', { level: 1, name: 'Issues', exact: true })).toBeVisible()
  // What a viewer may not do is said in words.
  await invited.goto(`${organization}/tokens`)
  await expect(invited.getByRole('alert')).toBeVisible()
  await invited.context().close()

  await page.goto(`${organization}/teams`)
  await page.getByLabel('Name of the team').fill('Keepers')
  await page.getByRole('button', { name: 'Make the team' }).click()
  await page.getByLabel('Grace').check()
  await page.getByLabel('shop', { exact: true }).check()
  await expect(page.getByText('1 person')).toBeVisible()
  await expect(page.getByText('1 project', { exact: true })).toBeVisible()

  await page.goto(`${organization}/tokens`)
  await page.getByLabel('What it is for').fill('Continuous integration')
  await page.getByLabel('What it may do').selectOption('read')
  await page.getByRole('button', { name: 'Make the token' }).click()
  const token = await snippet(page, 'token')
  const read = () =>
    fetch(`${service.url}/api/0/organizations/acme/`, { headers: { authorization: `Bearer ${token}` } })
  expect((await read()).status).toBe(200)
  await page.getByRole('button', { name: 'Revoke Continuous integration' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke Continuous integration' }).click()
  await expect(page.getByRole('button', { name: 'Revoke Continuous integration' })).toHaveCount(0)
  expect((await read()).status).toBe(401)

  await page.goto(`${organization}/access`)
  await expect(page.getByText('Off: people log in with passwords.')).toBeVisible()
  await page.getByLabel('Everybody sees all projects').uncheck()
  await expect(page.getByRole('link', { name: 'Say which team has which projects' })).toBeVisible()

  await page.goto(`${organization}/audit-log`)
  for (const event of [
    'member.invite',
    'team.create',
    'team.edit',
    'token.create',
    'token.revoke',
    'organization.edit',
  ])
    await expect(page.getByText(event, { exact: true }).first()).toBeVisible()
})

test('a profile keeps theme and time zone in this browser', async ({ page, installation }) => {
  await logIn(page, installation)
  await page.goto(`${installation.service.url}/profile`)
  await page.getByLabel('Theme', { exact: true }).selectOption('dark')
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByLabel('Time zone')).toHaveValue('Asia/Tokyo')
  await expect(page.getByText(/Now it is .*(JST|GMT\+9)/)).toBeVisible()
})

test('a profile changes name and password, and shows what one follows', async ({ page, browser, ownInstallation }) => {
  const { service, reader, client } = ownInstallation
  await logIn(page, ownInstallation)
  await statusOf(client.dsn, 'https://shop.example')
  const { id } = await reader.issue('hello')

  await page.goto(`${service.url}/organizations/acme/issues/${id}`)
  await page.getByText('More', { exact: true }).click()
  await page.getByRole('button', { name: 'Follow', exact: true }).click()
  await page.goto(`${service.url}/profile`)
  const followed = page.getByRole('link', { name: 'hello' })
  await expect(followed).toBeVisible()
  await page.getByRole('button', { name: 'Stop following SHOP-1' }).click()
  await expect(page.getByText('You follow nothing yet')).toBeVisible()

  await page.getByLabel('Your name').fill('Ada Lovelace')
  await page.getByRole('button', { name: 'Save the name' }).click()
  await expect(page.getByRole('heading', { name: 'Ada Lovelace' })).toBeVisible()

  const elsewhere = await browser.newContext()
  const other = await elsewhere.newPage()
  await logIn(other, ownInstallation)
  await page.getByLabel('Current password').fill('not this one')
  await page.getByLabel('New password').fill('  a short tide  goes out')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByLabel('Current password')).toHaveAccessibleDescription('This is not your current password.')
  await page.getByLabel('Current password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('Your other browsers are logged out.')).toBeVisible()
  await expect(page.getByLabel('New password')).toHaveValue('')
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Ada Lovelace' })).toBeVisible()
  await other.reload()
  await expect(other.getByRole('button', { name: 'Log in' })).toBeVisible()
  await other.getByLabel('Email').fill(EMAIL)
  await other.getByLabel('Password').fill('  a short tide  goes out')
  await other.getByRole('button', { name: 'Log in' }).click()
  await expect(other.getByRole('heading', { level: 1, name: 'Issues', exact: true })).toBeVisible()
  await elsewhere.close()
})
