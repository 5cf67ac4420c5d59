import { expect, test } from 'vitest'
import { launchChromium } from '../../browser/test/harness/browsers.ts'
import { useWidget } from './widget.ts'

// Says yes, where a visitor would be asked which screen to share.
const widget = useWidget(() => launchChromium(['--auto-accept-this-tab-capture']))
const { site } = widget

const GREEN = [0, 128, 0]

/** The colour in the middle of the picture, where the form stands on the page. */
const middleColour = (): Promise<number[]> =>
  site.page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(canvas.width / 2, canvas.height / 2, 1, 1)
    return [...data].slice(0, 3)
  })

/** Keeps what the browser answers when the form asks for the screen. */
const watchAsking = () =>
  site.page.evaluate(`{
    const ask = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getDisplayMedia = (wish) => (globalThis.asked = ask(wish))
  }`)

test('the screen is captured without the form over it, and sharing ends at once', async () => {
  const page = await widget.open({ code: "document.documentElement.style.background = 'rgb(0, 128, 0)'" })
  await watchAsking()
  await widget.press()
  await page.getByRole('button', { name: 'Capture the screen' }).click()
  await page.getByRole('button', { name: 'Cover a part' }).waitFor()
  const difference = (await middleColour()).map((value, index) => Math.abs(value - GREEN[index]!))
  // Video is not exact in its colours; the form's white would be more than 100 away.
  expect(Math.max(...difference)).toBeLessThan(40)
  expect(await page.evaluate('asked.then((stream) => stream.getTracks().map((track) => track.readyState))')).toEqual([
    'ended',
  ])
  expect(await page.getByRole('dialog').isVisible()).toBe(true)
})

test('where sharing is refused, nothing is wrong with the form', async () => {
  const page = await widget.open({ headers: { 'permissions-policy': 'display-capture=()' } })
  await watchAsking()
  await widget.press()
  const capture = page.getByRole('button', { name: 'Capture the screen' })
  await capture.click()
  await expect.poll(() => page.evaluate("'asked' in globalThis")).toBe(true)
  expect(await page.evaluate('asked.catch((error) => error.name)')).toBe('NotAllowedError')
  const isFocused = () => capture.evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement === button)
  await expect.poll(isFocused).toBe(true)
  const said = await page.getByRole('alert').allTextContents()
  await page.getByLabel('What happened?').fill('No picture, then')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => widget.arrived().length).toBe(1)
  expect(said).not.toContain('This file could not be read as a picture.')
})
