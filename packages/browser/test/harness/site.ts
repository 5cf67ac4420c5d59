import type { ClientEvent } from '@foghorn/protocol'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { launchChromium } from './browsers.ts'
import { startIngest, type Ingest } from './ingest.ts'
import { pageWith, startPages, type Pages } from './pages.ts'

export interface Site {
  browser: Browser
  context: BrowserContext
  page: Page
  pages: Pages
  ingest: Ingest
  /** Opens a page with the SDK started with these options. */
  open(options?: object, body?: string): Promise<Page>
  /** Runs code as a script of the page, in a task of its own. */
  run(code: string, page?: Page): Promise<void>
  /** Waits until so many events have arrived. */
  events(count: number): Promise<ClientEvent[]>
  firstEvent(): Promise<ClientEvent>
}

/** A browser for the file; a service, a site and a fresh profile for each test. */
export const useSite = (launch: () => Promise<Browser> = launchChromium): Site => {
  const site = {
    open: async (options = {}, body = '') => {
      site.pages.files.set('/', {
        body: pageWith({ dsn: site.ingest.dsn, release: 'shop@1', autoSessionTracking: false, ...options }, body),
      })
      await site.page.goto(site.pages.url)
      return site.page
    },
    run: async (code, page = site.page) => {
      const name = `/run-${(runs += 1)}.js`
      site.pages.files.set(name, { body: code })
      await page.evaluate((src) => {
        const script = document.createElement('script')
        script.src = src
        return new Promise((resolve) => {
          script.addEventListener('load', resolve)
          document.head.append(script)
        })
      }, name)
    },
    events: async (count) => {
      await expect.poll(() => site.ingest.events().length).toBe(count)
      return site.ingest.events()
    },
    firstEvent: async () => (await site.events(1))[0]!,
  } as Site
  let runs = 0

  beforeAll(async () => {
    site.browser = await launch()
    site.pages = await startPages()
  })
  afterAll(async () => {
    await site.browser.close()
    await site.pages.close()
  })
  beforeEach(async () => {
    site.ingest = await startIngest()
    site.pages.files.clear()
    site.context = await site.browser.newContext()
    site.page = await site.context.newPage()
  })
  afterEach(async () => {
    await site.context.close()
    await site.ingest.close()
  })
  return site
}
