import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
// @ts-expect-error plain JavaScript, shared with the build scripts
import { buildReactApp, servePlayground } from '../../../scripts/playground.mjs'
import { launchChromium } from '../../browser/test/harness/browsers.ts'
import { type Ingest, PUBLIC_KEY, startIngest } from '../../browser/test/harness/ingest.ts'

export interface App {
  page: Page
  ingest: Ingest
  url: string
  /** Opens the app and makes it fail. `plain` leaves React's own handlers in place. */
  fail(id: string, how?: { plain?: boolean }): Promise<void>
}

/** The playground's app, built with this React, in a fresh page for each test. */
export const useApp = (version: 18 | 19, mode: 'production' | 'development'): App => {
  let browser: Browser
  let dist: string
  let served: { url: string; close: () => Promise<void> }
  const app = {
    fail: async (id, { plain = false } = {}) => {
      await app.page.goto(`${app.url}/${plain ? '?plain' : ''}`)
      await app.page.getByTestId(`fail-${id}`).click()
    },
  } as App

  beforeAll(async () => {
    dist = await buildReactApp(version, mode)
    browser = await launchChromium()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    app.ingest = await startIngest()
    const { dsn, url: service } = app.ingest
    served = await servePlayground({ port: 0, service, dsn, publicKey: PUBLIC_KEY, release: 'ferry@1.0.0', dist })
    app.url = served.url
    app.page = await (await browser.newContext()).newPage()
  })
  afterEach(async () => {
    await app.page.context().close()
    await served.close()
    await app.ingest.close()
  })
  return app
}
