import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CLIENT, startIdentityProvider } from '../packages/server/test/identity-provider.ts'
import { foghorn } from './harness/foghorn.ts'
import { freePort } from './harness/free-port.ts'
import { createService } from './harness/service.ts'
import { expect, test } from './harness/test.ts'

const ADA = { sub: 'ada-1', email: 'ada@acme.test', email_verified: true, name: 'Ada' }
const PASSWORD = 'a long tide comes in'

test('people sign on with their provider, and connect the account that they had', async ({ page, browser }) => {
  const data = await mkdtemp(join(tmpdir(), 'foghorn-sign-on-'))
  const port = await freePort(test.info().parallelIndex)
  const provider = await startIdentityProvider({ origin: `http://127.0.0.1:${port}` })
  const env = {
    FOGHORN_OIDC_ISSUER: provider.issuer,
    FOGHORN_OIDC_CLIENT_ID: CLIENT.id,
    FOGHORN_OIDC_CLIENT_SECRET: CLIENT.secret,
    FOGHORN_OIDC_NAME: 'Acme ID',
  }
  const service = createService({ port, data, env })
  await service.start()
  await foghorn(['project', 'create', 'acme/shop'], { FOGHORN_DATA: data })
  const account = { FOGHORN_DATA: data, FOGHORN_PASSWORD: PASSWORD }
  await foghorn(['user', 'create', '--email', ADA.email, '--role', 'owner'], account)

  const next = '/organizations/acme/projects'
  provider.seat(ADA)
  await page.goto(service.url + next)
  await page.getByRole('link', { name: 'Continue with Acme ID' }).click()
  await expect(page.getByRole('alert')).toContainText('There is an account with this email address')
  await page.getByLabel('Email').fill(ADA.email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page).toHaveURL(service.url + next)

  const elsewhere = await browser.newPage()
  await elsewhere.goto(service.url + next)
  await elsewhere.getByRole('link', { name: 'Continue with Acme ID' }).click()
  await expect(elsewhere).toHaveURL(service.url + next)
  await expect(elsewhere.getByRole('heading', { level: 1 })).toBeVisible()

  const stranger = await browser.newPage()
  provider.seat({ sub: 'mallory', email: 'mallory@acme.test', email_verified: true })
  await stranger.goto(service.url)
  await stranger.getByRole('link', { name: 'Continue with Acme ID' }).click()
  await expect(stranger.getByRole('alert')).toContainText('There is no account for you yet')

  await provider.close()
  await service.stop()
  await rm(data, { recursive: true, force: true })
})
