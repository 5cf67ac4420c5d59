import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright'
import { expect } from 'vitest'
import type { FeedbackOptions } from '../src/index.ts'
import { type Site, useSite } from '../../browser/test/harness/site.ts'

const IMPORTS = {
  '@foghorn/browser': '/esm/index.js',
  '@foghorn/feedback': '/node_modules/@foghorn/feedback/dist/index.js',
  idb: '/node_modules/idb/build/index.js',
}

export interface PageOptions {
  lang?: string
  dir?: string
  options?: FeedbackOptions
  /** Module code that runs after the start, with the SDK as `sdk` and the widget as `widget`. */
  code?: string
  /** Sent with the page, besides its strict policy. */
  headers?: Record<string, string>
}

export interface Widget {
  site: Site
  /** Opens a page with the SDK and the button. */
  open(page?: PageOptions): Promise<Page>
  /** Presses the button. */
  press(): Promise<void>
  /** Feedback that has arrived. */
  arrived(): Record<string, unknown>[]
  /** What axe finds wrong. */
  faults(): Promise<string[]>
}

// No inline script or style but the page's own: what strict sites send.
const POLICY =
  "default-src 'self'; script-src 'self' 'nonce-page'; style-src 'self'; img-src 'self'; connect-src *; require-trusted-types-for 'script'"

const html = (
  { lang = 'en', dir = 'ltr', options = {}, code = '' }: PageOptions,
  dsn: string,
): string => `<!doctype html>
<html lang="${lang}" dir="${dir}"><head><title>Ferry timetable</title><meta name="viewport" content="width=device-width">
<script nonce="page" type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>
<script nonce="page" type="module">
import * as sdk from '@foghorn/browser'
import * as widget from '@foghorn/feedback'
globalThis.violations = []
document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI))
sdk.init({ dsn: '${dsn}', release: 'ferry@1', autoSessionTracking: false })
Object.assign(globalThis, { sdk, widget })
widget.feedbackButton(${JSON.stringify(options)})
${code}
globalThis.started = true
</script></head><body><main><h1>Ferry timetable</h1><p>The next ferry leaves at 10:00.</p><a href="#top">Prices</a></main></body></html>`

export const useWidget = (launch?: () => Promise<Browser>): Widget => {
  const site = useSite(launch)
  const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  return {
    site,
    open: async (options = {}) => {
      const headers = { 'content-security-policy': POLICY, ...options.headers }
      site.pages.files.set('/', { body: html(options, site.ingest.dsn), headers })
      await site.page.goto(site.pages.url)
      await site.page.waitForFunction('globalThis.started')
      return site.page
    },
    press: async () => {
      await site.page.locator('foghorn-feedback').getByRole('button').click()
      await site.page.getByRole('dialog').waitFor()
    },
    arrived: () => {
      const items = site.ingest.items.filter(({ type }) => type === 'feedback')
      // The service takes each ID once, however often it is sent.
      const told = new Map(items.map(({ payload }) => [payload.event_id, payload.contexts.feedback]))
      return [...told.values()] as Record<string, unknown>[]
    },
    faults: async () => {
      await site.page.evaluate(await axe)
      const { violations } = (await site.page.evaluate('axe.run()')) as {
        violations: { id: string; nodes: { html: string }[] }[]
      }
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)
    },
  }
}

export const expectNoViolations = async (page: Page): Promise<void> =>
  expect(await page.evaluate('globalThis.violations')).toEqual([])
