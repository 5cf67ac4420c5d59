import { chromium } from 'playwright'
import { expect, test } from 'vitest'
// @ts-expect-error plain JavaScript, shared with the build scripts
import { CHROMIUM_ARGS, ensureChromium } from '../../../scripts/browsers.mjs'
import { useSite } from './harness/site.ts'

// Playwright turns the back/forward cache off.
const site = useSite(async () =>
  chromium.launch({
    executablePath: await ensureChromium(),
    chromiumSandbox: false,
    args: CHROMIUM_ARGS,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  }),
)

const values = (): (string | undefined)[] => site.ingest.events().map((event) => event.exception?.values.at(-1)?.value)

// Playwright loses sight of a page that comes back, so it is the page that throws then.
const COMES_BACK = `<script>addEventListener('pageshow', ({ persisted }) => {
  if (persisted) setTimeout(() => { throw new Error('after') })
})</script>`

test('the SDK keeps no page out of the back/forward cache, and goes on when it comes back', async () => {
  site.pages.files.set('/other.html', { body: '<!doctype html><title>other</title>' })
  const page = await site.open({}, COMES_BACK)
  site.ingest.answer = () => 'dropped'
  await site.run('throw new Error("before")')
  await expect.poll(() => page.evaluate('Foghorn.stats().waiting')).toBe(1)
  await page.goto(`${site.pages.url}/other.html`)
  site.ingest.answer = () => ({ status: 200 })
  await page.evaluate('setTimeout(() => history.back())')
  await expect.poll(() => [...new Set(values())].toSorted()).toEqual(['after', 'before'])
})
