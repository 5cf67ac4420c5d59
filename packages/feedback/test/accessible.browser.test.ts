import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { useWidget } from './widget.ts'

const widget = useWidget()
const { site } = widget

const PICTURES = join(import.meta.dirname, '../../../docs/screenshots')

/** The pictures of the documentation, taken anew when asked for. */
const takePicture = async (name: string): Promise<void> => {
  if (process.env['FOGHORN_SCREENSHOTS']) await site.page.screenshot({ path: join(PICTURES, name) })
}

describe.each([
  ['light', 'en', 'ltr'],
  ['dark', 'en', 'ltr'],
  ['light', 'ar', 'rtl'],
  ['dark', 'ar', 'rtl'],
] as const)('%s, %s, %s', (colorScheme, lang, dir) => {
  test('axe finds nothing: closed, open, with what is wrong, with a picture, sent', async () => {
    await site.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const page = await widget.open({ lang, dir, options: { required: ['email'] } })
    expect(await widget.faults()).toEqual([])
    const picture = await page.screenshot()
    await widget.press()
    expect(await widget.faults()).toEqual([])
    await page.getByRole('button', { name: 'Send' }).click()
    expect(await widget.faults()).toEqual([])
    await page.locator('input[type=file]').setInputFiles({ name: 'shot.png', mimeType: 'image/png', buffer: picture })
    await page.getByRole('button', { name: 'Cover a part' }).click()
    await expect.poll(() => page.getByText('Add a picture').isVisible()).toBe(false)
    expect(await widget.faults()).toEqual([])
    await page.getByLabel('What happened?').fill('The ticket was gone.')
    await page.getByLabel('Email').fill('ada@example.com')
    if (dir === 'ltr') await takePicture(colorScheme === 'dark' ? 'feedback-dark.png' : 'feedback.png')
    await page.getByRole('button', { name: 'Remove the picture' }).click()
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('button', { name: 'Close' }).waitFor()
    expect(await widget.faults()).toEqual([])
  })
})

test('at 320 pixels, and at twice the size of text, nothing is cut off sideways', async () => {
  await site.page.setViewportSize({ width: 320, height: 568 })
  await site.page.emulateMedia({ reducedMotion: 'reduce' })
  const page = await widget.open()
  await widget.press()
  const widths = () =>
    page
      .getByRole('dialog')
      .evaluate((dialog) => [
        dialog.scrollWidth - dialog.clientWidth,
        innerWidth - dialog.getBoundingClientRect().right,
      ])
  expect((await widths())[0]).toBeLessThanOrEqual(0)
  expect((await widths())[1]).toBeGreaterThanOrEqual(0)
  await takePicture('feedback-small.png')
  await page.evaluate("document.documentElement.style.fontSize = '200%'")
  expect((await widths())[0]).toBeLessThanOrEqual(0)
  await page.getByLabel('What happened?').fill('On a small screen')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => widget.arrived().length).toBe(1)
})

test('a cover is moved, resized and removed by keyboard, and drawn by pointer', async () => {
  const page = await widget.open()
  await widget.press()
  const buffer = await page.screenshot()
  await page.locator('input[type=file]').setInputFiles({ name: 'shot.png', mimeType: 'image/png', buffer })
  await page.getByRole('button', { name: 'Cover a part' }).press('Enter')
  const cover = page.getByRole('button', { name: /^Covered part/ })
  const place = () =>
    cover.evaluate(({ style }) => [style.left, style.top, style.width, style.height].map(Number.parseFloat))
  const before = await place()
  await cover.press('ArrowRight')
  await cover.press('ArrowUp')
  await cover.press('Shift+ArrowDown')
  const after = await place()
  expect(after.map((value, index) => Math.round(value - before[index]!))).toEqual([2, -2, 0, 2])
  await cover.press('Delete')
  expect(await cover.count()).toBe(0)
  const canvas = page.locator('canvas')
  await canvas.scrollIntoViewIfNeeded()
  const { x, y, width, height } = (await canvas.boundingBox())!
  await page.mouse.move(x + width * 0.1, y + height * 0.1)
  await page.mouse.down()
  await page.mouse.move(x + width * 0.5, y + height * 0.6)
  await page.mouse.up()
  expect((await place()).map(Math.round)).toEqual([10, 10, 40, 50])
})
