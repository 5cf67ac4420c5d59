import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'

/** Whether the documentation's pictures are to be taken anew. */
export const takesPictures = process.env.FOGHORN_SCREENSHOTS === '1'

const fileOf = (name: string) => fileURLToPath(new URL(`../../docs/screenshots/${name}.png`, import.meta.url))

/** Charts are drawn anew when the theme changes. */
const showIn = (page: Page, theme: string): Promise<void> =>
  page.evaluate((chosen) => {
    document.documentElement.dataset.theme = chosen
    return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300)))
  }, theme)

/** Takes a picture of the documentation, dark and light, when that is asked for. */
export const takePicture = async (page: Page, name: string): Promise<void> => {
  if (!takesPictures) return
  await showIn(page, 'dark')
  await page.screenshot({ path: fileOf(`${name}-dark`) })
  await showIn(page, 'light')
  await page.screenshot({ path: fileOf(name) })
}
