import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'

export const takesPictures = process.env.FOGHORN_SCREENSHOTS === '1'

const fileOf = (name: string) => fileURLToPath(new URL(`../../docs/screenshots/${name}.png`, import.meta.url))

/** Takes the documentation's picture of this name anew, light and dark, when that is asked for with FOGHORN_SCREENSHOTS=1. */
export const takePicture = async (page: Page, name: string): Promise<void> => {
  if (!takesPictures) return
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: fileOf(`${name}-dark`) })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.screenshot({ path: fileOf(name) })
}
