import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'

interface AxeResults {
  violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[]
}

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong with the page as it is now: nothing. */
export const expectAccessible = async (page: Page, what: string): Promise<void> => {
  await page.evaluate(await axe)
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults
  const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])
  expect.soft(found, `axe: ${what}`).toEqual([])
}

/** Shows the page in a theme, and those that are opened after it. */
export const chooseTheme = async (page: Page, theme: 'light' | 'dark'): Promise<void> => {
  await page.evaluate((wanted) => {
    localStorage.setItem('foghorn.theme', wanted)
    document.documentElement.dataset.theme = wanted
  }, theme)
}
