import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { spawn } from 'node:child_process'
import { chromium, firefox } from 'playwright'
// @ts-expect-error plain JavaScript, shared with the build scripts
import { findFirefox as findStockFirefox } from '../../../scripts/browsers.mjs'

/** A page of a real browser, as far as the suites need one. */
export interface BrowserPage {
  readonly name: 'chromium' | 'firefox' | 'webkit'
  /** Opens a page, waits for `globalThis.runCases` and gives what it resolves to. */
  runCases(url: string): Promise<unknown>
  close(): Promise<void>
}

/** How to start a browser, or why that cannot be done on this machine. */
export type BrowserChoice = { start: () => Promise<BrowserPage> } | { missing: string }

const CHROMIUM_ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const firstPresent = (paths: readonly (string | undefined)[]): string | undefined =>
  paths.find((path) => path !== undefined && existsSync(path))

/** Chromium: of the system, or Playwright's own download. */
export const findChromium = (): BrowserChoice => {
  const executablePath = firstPresent([
    process.env['FOGHORN_CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    chromium.executablePath(),
  ])
  if (executablePath === undefined)
    return { missing: 'Chromium is not installed. Run: npx playwright install chromium' }
  return {
    start: async () =>
      playwrightPage(
        'chromium',
        await chromium.launch({ executablePath, chromiumSandbox: false, args: CHROMIUM_ARGS }),
      ),
  }
}

/** Firefox: Debian's ESR through WebDriver BiDi, or Playwright's own build. */
export const findFirefox = (): BrowserChoice => {
  const system: string | undefined = findStockFirefox()
  if (system !== undefined)
    return {
      start: async () =>
        playwrightPage('firefox', await firefox.launch({ channel: 'moz-firefox', executablePath: system })),
    }
  if (existsSync(firefox.executablePath()))
    return { start: async () => playwrightPage('firefox', await firefox.launch()) }
  return {
    missing: 'Firefox is not installed, or too old. Run: apt install firefox-esr, or npx playwright install firefox',
  }
}

/** WebKit: WebKitGTK's MiniBrowser through its WebDriver, under a virtual display. */
export const findWebKit = (): BrowserChoice => {
  const driver = firstPresent(['/usr/bin/WebKitWebDriver'])
  const display = firstPresent(['/usr/bin/xvfb-run'])
  if (driver === undefined || display === undefined)
    return { missing: 'WebKit is not installed. Run: apt install webkit2gtk-driver xvfb xauth' }
  return { start: () => webDriverPage(display, driver) }
}

type PlaywrightBrowser = Awaited<ReturnType<typeof chromium.launch>>

const playwrightPage = (name: 'chromium' | 'firefox', browser: PlaywrightBrowser): BrowserPage => ({
  name,
  runCases: async (url) => {
    const page = await browser.newPage()
    const failures: string[] = []
    page.on('pageerror', (error) => failures.push(error.message))
    await page.goto(url)
    try {
      await page.waitForFunction('globalThis.runCases', undefined, { timeout: 60_000 })
    } catch (error) {
      throw new Error(`The page at ${url} did not start: ${failures.join('; ')}`, { cause: error })
    }
    const results: unknown = await page.evaluate('globalThis.runCases()')
    await page.close()
    return results
  },
  close: () => browser.close(),
})

const webDriverPage = async (display: string, driver: string): Promise<BrowserPage> => {
  const port = await freePort()
  const child = spawn(display, ['-a', driver, `--port=${port}`], { stdio: 'ignore', detached: true })
  const base = `http://127.0.0.1:${port}`
  await answers(`${base}/status`)
  const browserOptions = { binary: '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser', args: ['--automation'] }
  const session = await post(`${base}/session`, {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': browserOptions } },
  })
  const { sessionId } = session as { sessionId: string }
  const command = (path: string, body: unknown): Promise<unknown> => post(`${base}/session/${sessionId}/${path}`, body)
  await command('timeouts', { script: 60_000 })
  return {
    name: 'webkit',
    runCases: async (url) => {
      await command('url', { url })
      const script = `const done = arguments[0]; const wait = () => globalThis.runCases ? globalThis.runCases().then(done, (error) => done({ error: String(error) })) : setTimeout(wait, 50); wait()`
      return command('execute/async', { script, args: [] })
    },
    close: async () => {
      await fetch(`${base}/session/${sessionId}`, { method: 'DELETE' })
      process.kill(-child.pid!, 'SIGTERM')
    },
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

const answers = async (url: string): Promise<void> => {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      await fetch(url)
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  throw new Error(`Nothing answers at ${url}.`)
}

const post = async (url: string, body: unknown): Promise<unknown> => {
  const response = await fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
  const { value } = (await response.json()) as { value: unknown }
  if (!response.ok) throw new Error(`WebDriver refused ${url}: ${JSON.stringify(value).slice(0, 300)}`)
  return value
}
