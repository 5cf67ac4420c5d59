import { type Page, expect } from '@playwright/test'
import type { Installation } from './installation.ts'

export const EMAIL = 'ada@example.com'
export const PASSWORD = 'a long tide comes in'

const createAccount = async (page: Page) => {
  await page.getByLabel('Your name').fill('Ada')
  await page.getByLabel('Email').fill(EMAIL)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
}

const enter = async (page: Page) => {
  await page.getByLabel('Email').fill(EMAIL)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Log in' }).click()
}

/** Logs in the way a person does: through the link that the service printed, and with the password once that is used up. */
export const logIn = async (page: Page, { service }: Installation): Promise<void> => {
  await page.goto(service.setupUrl())
  const usedUp = page.getByRole('link', { name: 'Log in' })
  await expect(page.getByLabel('Your name').or(usedUp)).toBeVisible()
  if (await usedUp.isVisible()) {
    await usedUp.click()
    await enter(page)
  } else {
    await createAccount(page)
  }
  await expect(page.getByRole('heading', { level: 1, name: 'Issues', exact: true })).toBeVisible()
}

/** Code that a page offers to copy, by its name. */
export const snippet = async (page: Page, name: string): Promise<string> => {
  const copy = page.getByRole('button', { name: `Copy ${name}`, exact: true })
  return (await page.locator('.snippet').filter({ has: copy }).locator('pre').innerText()).trim()
}
