import type { Page } from '@playwright/test'
import { addressOf, PAGES, type Names } from './harness/dashboard-pages.ts'
import { logIn, PASSWORD, snippet } from './harness/dashboard.ts'
import { type Exposure, watchExposure } from './harness/exposure.ts'
import { createInstallation, type Installation } from './harness/installation.ts'
import { MARK, revealingEvent, revealingItems, revealingReport, SHOWN_RELEASE, unreadable } from './harness/planted.ts'
import { expect, test } from './harness/test.ts'

const isLong = Boolean(process.env['FOGHORN_LONG'])

const ORG = '/organizations/$org'
const EVENT_PAGES = [`${ORG}/issues`, `${ORG}/issues/$issueId`, `${ORG}/feedback`]

const send = async (dsn: string, path: string, body: string): Promise<void> => {
  const { origin, username, pathname } = new URL(dsn)
  const address = `${origin}/api${pathname}/${path}/?sentry_key=${username}`
  expect((await fetch(address, { method: 'POST', body })).status).toBe(200)
}

const asLines = (parts: readonly object[]): string => parts.map((part) => JSON.stringify(part)).join('\n')

/** Sends secrets in everything that a page can send; tells what the pages that show them are named by. */
const plant = async ({ client: { dsn }, reader }: Installation, type: string): Promise<Names> => {
  const eventId = crypto.randomUUID().replaceAll('-', '')
  const event = { event_id: eventId, ...revealingEvent(type) }
  await send(dsn, 'envelope', `{}\n${unreadable()}`)
  await send(dsn, 'security', JSON.stringify(revealingReport()))
  await send(
    dsn,
    'envelope',
    asLines([{ event_id: eventId }, { type: 'event' }, event, ...revealingItems(eventId).flat()]),
  )
  const issue = await reader.issue(type)
  await reader.issue('Blocked script-src')
  return { org: 'acme', project: 'shop', version: SHOWN_RELEASE, issueId: issue.id, eventId }
}

/** Opens a page with everything that is folded on it. */
const openAll = async (page: Page, address: string, heading: string | RegExp): Promise<void> => {
  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1, name: heading }).first()).toBeAttached()
  await page.evaluate(() => {
    for (const folded of document.querySelectorAll<HTMLElement>('main [aria-expanded="false"]')) folded.click()
    for (const details of document.querySelectorAll('details')) details.open = true
  })
  await expect(page.locator('.skeleton')).toHaveCount(0)
}

interface Walk {
  routes: readonly string[]
  names: Names
  url: string
  secrets: readonly string[]
}

/** Where secrets show, by the route. */
const walk = async (page: Page, exposure: Exposure, { routes, names, url, secrets }: Walk) => {
  const found: Record<string, string[]> = {}
  for (const route of routes) {
    await openAll(page, url + addressOf(route, names), route.includes('$issueId') ? /Planted/ : PAGES[route]!)
    const places = await exposure.find(secrets)
    if (places.length > 0) found[route] = places
  }
  return found
}

test('what is secret in an event is on no page that shows it, in no answer and not in the console', async ({
  page,
  installation,
}) => {
  const names = await plant(installation, 'PlantedError')
  await logIn(page, installation)
  const exposure = watchExposure(page)
  const { url } = installation.service
  expect(await walk(page, exposure, { routes: EVENT_PAGES, names, url, secrets: [MARK] })).toEqual({})
  // The event was there, with what was masked.
  await page.goto(url + addressOf(`${ORG}/issues/$issueId/events/$eventId`, names))
  await expect(page.getByText('[Filtered]').first()).toBeVisible()
})

const SETTINGS = {
  FOGHORN_SMTP_URL: `smtp://foghorn:${MARK}-mail@127.0.0.1:9`,
  FOGHORN_MAIL_FROM: 'errors@mail.test',
  FOGHORN_METRICS_TOKEN: `${MARK}-of-the-metrics`,
  FOGHORN_SECRET_KEY: `${MARK}-of-the-vault-${'0'.repeat(32)}`,
  FOGHORN_OIDC_ISSUER: 'http://127.0.0.1:9',
  FOGHORN_OIDC_CLIENT_ID: 'foghorn',
  FOGHORN_OIDC_CLIENT_SECRET: `${MARK}-of-the-client`,
}

/** Makes what has a secret that is shown this once, and gives what was shown. */
const makeSecrets = async (page: Page, organization: string): Promise<string[]> => {
  await page.goto(`${organization}/tokens`)
  await page.getByLabel('What it is for').fill('Continuous integration')
  await page.getByRole('button', { name: 'Make the token' }).click()
  const token = await snippet(page, 'token')

  await page.goto(`${organization}/members`)
  await page.getByLabel('Email').fill('grace@example.com')
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const invitation = new URL(await snippet(page, 'invitation')).searchParams.get('token')

  await page.goto(`${organization}/channels`)
  await page.getByLabel('Kind').selectOption('webhook')
  await page.getByLabel('Name').fill('robots')
  await page.getByLabel('Address').fill(`https://hooks.test/${MARK}-hook`)
  await page.getByRole('button', { name: 'Add the channel' }).click()
  const signing = /whsec_[\w+/=]+/.exec(await page.getByText(/whsec_/).innerText())

  await page.goto(`${organization}/ticket-systems`)
  await page.getByLabel('Name').fill('Our GitHub')
  await page.getByLabel('Repository').fill('acme/shop')
  await page.getByLabel('Token').fill(`github_pat_${MARK}`)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  const hook = await page.getByText('is shown this once').locator('code').innerText()
  return [token, invitation!, signing![0], hook]
}

test('no page shows a secret, those of tokens, webhooks and settings included, but once where it is made', async ({
  page,
}) => {
  test.skip(!isLong, 'takes a minute: with FOGHORN_LONG')
  const installation = await createInstallation(test.info().parallelIndex, SETTINGS)
  const { url } = installation.service
  const names = await plant(installation, 'PlantedError')
  await logIn(page, installation)
  const once = await makeSecrets(page, `${url}/organizations/acme`)
  for (const secret of once) expect(secret.length).toBeGreaterThan(20)
  const session = (await page.context().cookies()).map(({ value }) => value)
  const exposure = watchExposure(page)
  const secrets = [MARK, PASSWORD, ...once, ...session]
  expect(await walk(page, exposure, { routes: Object.keys(PAGES), names, url, secrets })).toEqual({})
  await page.goto(`${url}/organizations/acme/projects/shop/ingest`)
  await expect(page.getByRole('heading', { name: 'Dead letters' })).toBeVisible()
  await expect(page.locator('.letter')).toHaveCount(1)
  await installation.close()
})
