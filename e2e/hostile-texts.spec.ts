import type { Page } from '@playwright/test'
import { logIn } from './harness/dashboard.ts'
import { expect, test } from './harness/test.ts'

const MARK = 'Planted lantern'
const HTML = `<img src=x onerror="alert('html')"><script>alert('script')</script>`
const LINK = `javascript:alert('link')`

const CSS = `</style><style>body{display:none}</style>" style="position:fixed;inset:0`
/** One word that is longer than any screen is wide, and marks that turn the text after them. */
const HUGE = `${'W'.repeat(3000)}\u202E\u2066`

const newEventId = () => crypto.randomUUID().replaceAll('-', '')

/** An event with markup or a script's address in every text that a page may show. */
const hostileEvent = (eventId: string) => ({
  event_id: eventId,
  platform: 'javascript',
  level: 'error',
  release: `r@1 ${HTML}`,
  environment: `production ${HTML}`,
  transaction: HTML,
  dist: HTML,
  server_name: HTML,
  logger: HTML,
  fingerprint: [HTML, CSS],
  modules: { [HTML]: HTML },
  sdk: { name: HTML, version: HTML },
  logentry: { message: `${HTML} ${CSS} ${HUGE}`, params: [HTML] },
  exception: {
    values: [
      {
        type: `${MARK} ${HTML}`,
        value: `${HTML} \u202Egnp.exe`,
        mechanism: { type: HTML, handled: false },
        stacktrace: {
          frames: [
            {
              filename: LINK,
              function: HTML,
              lineno: 1,
              colno: 2,
              in_app: true,
              context_line: HTML,
              pre_context: [HTML],
            },
            { filename: `https://shop.test/${HTML}.js`, function: HTML, lineno: 3, colno: 4, in_app: true },
          ],
        },
      },
    ],
  },
  breadcrumbs: [
    { category: HTML, message: HTML, data: { url: LINK, method: HTML, [HTML]: HTML } },
    { category: 'navigation', data: { from: LINK, to: LINK } },
    { category: HUGE, type: HTML, level: HTML, message: CSS, data: { [HUGE]: HUGE } },
  ],
  user: { id: HTML, email: HTML, username: HTML },
  tags: { [`tag ${HTML}`]: HTML, mark: HTML, huge: HUGE },
  contexts: { state: { [HTML]: HTML, huge: HUGE }, [HTML]: { [CSS]: CSS }, browser: { name: HTML, version: HTML } },
  extra: { [HTML]: HTML },
  request: { url: LINK, headers: { Referer: LINK, 'User-Agent': HTML } },
})

const send = async (dsn: string, eventId: string) => {
  const { origin, username, pathname } = new URL(dsn)
  const lines = [{ event_id: eventId }, { type: 'event' }, hostileEvent(eventId)]
  const report = [{ type: 'user_report' }, { event_id: eventId, name: HTML, email: 'eve@evil.test', comments: HTML }]
  const body = [...lines, ...report].map((line) => JSON.stringify(line)).join('\n')
  const response = await fetch(`${origin}/api${pathname}/envelope/?sentry_key=${username}`, { method: 'POST', body })
  expect(response.status).toBe(200)
}

/** What a page must never do: open a dialog, or try what its policy forbids. */
const watch = async (page: Page): Promise<string[]> => {
  const offences: string[] = []
  page.on('dialog', async (dialog) => {
    offences.push(`dialog ${dialog.message()}`)
    await dialog.dismiss()
  })
  await page.exposeFunction('violated', (what: string) => offences.push(what))
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (globalThis as unknown as { violated(what: string): void }).violated(`${violatedDirective} ${blockedURI}`),
    ),
  )
  return offences
}

const scriptLinks = (page: Page) => page.locator('a[href^="javascript:" i], a[href^="data:" i], img[src="x"]')

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

/** Holds for whatever is open on the page, wide and narrow. */
const holds = async (page: Page) => {
  await expect(scriptLinks(page)).toHaveCount(0)
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 })
    expect(await overflow(page), `at ${width} pixels`).toBeLessThanOrEqual(0)
  }
  await page.setViewportSize({ width: 1280, height: 800 })
}

test('markup and script addresses in an event are text wherever they are shown', async ({ page, ownInstallation }) => {
  const { client, reader, service } = ownInstallation
  const offences = await watch(page)
  await logIn(page, ownInstallation)
  await send(client.dsn, newEventId())
  const issue = await reader.issue(MARK)

  await page.goto(service.url)
  await expect(page.getByText(MARK).first()).toBeVisible()
  await holds(page)
  const search = page.getByLabel('Search issues')
  for (const text of ['mark:', 'release:', 'huge:', 'm']) {
    await search.fill('')
    await page.keyboard.type(text)
    await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible()
    await holds(page)
  }
  await search.press('Escape')

  await page.goto(
    `${service.url}/organizations/acme/issues?query=${encodeURIComponent(HTML)}&environment=${encodeURIComponent(HTML)}`,
  )
  await page.getByText('Views', { exact: true }).click()
  await page.getByRole('button', { name: 'Save this search…' }).click()
  await page.getByLabel('Name').fill(HTML.slice(0, 80))
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByText('Views', { exact: true }).click()
  await expect(page.getByRole('link', { name: '<img' })).toBeVisible()
  await holds(page)

  await page.goto(issue.permalink)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('<img')
  for (const closed of await page.locator('main [aria-expanded="false"]').all()) await closed.click()
  await expect(page.getByRole('img', { name: /^Last 24 hours/ })).toBeVisible()
  await holds(page)
  await page.getByLabel('Filter breadcrumbs').fill('<img')
  await holds(page)
  await page.getByRole('button', { name: 'Copy as Markdown' }).click()

  await page.goto(`${service.url}/organizations/acme/feedback`)
  await expect(page.getByText("alert('html')").first()).toBeVisible()
  await holds(page)
  expect(offences).toEqual([])
})
