import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { firefoxPath, launchChromium, launchFirefox, webkitDriverPath } from './browsers.ts'

/** As much of a browser as the tests of all engines need. */
export interface Driver {
  goto(url: string): Promise<void>
  /** Runs code in the page; gives what the expression is worth, as JSON. */
  evaluate(expression: string): Promise<unknown>
  close(): Promise<void>
}

const throughPlaywright = async (launch: typeof launchChromium): Promise<Driver> => {
  const browser = await launch()
  const page = await browser.newPage()
  return {
    goto: async (url) => void (await page.goto(url)),
    evaluate: (expression) => page.evaluate(expression),
    close: () => browser.close(),
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

const findMiniBrowser = (): string | undefined => {
  const places = '/usr/lib/*/webkit2gtk-*/MiniBrowser /usr/libexec/webkit2gtk-*/MiniBrowser'
  const { stdout } = spawnSync('sh', ['-c', `ls -d ${places} 2>/dev/null`], { encoding: 'utf8' })
  return stdout.split('\n').find(Boolean)
}
const miniBrowser = webkitDriverPath && findMiniBrowser()

const command = async (method: string, url: string, body?: object): Promise<unknown> => {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) })
  const { value } = (await response.json()) as { value: unknown }
  if (!response.ok) throw new Error(`WebDriver: ${method} ${url} gave ${JSON.stringify(value).slice(0, 300)}`)
  return value
}

const whenUp = async (base: string): Promise<void> => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (
      await fetch(`${base}/status`).then(
        (response) => response.ok,
        () => false,
      )
    )
      return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('WebKitWebDriver did not come up.')
}

const stop = (driver: ChildProcess): void => {
  if (driver.pid) process.kill(-driver.pid, 'SIGTERM')
}

/** WebKitGTK has no Playwright: its WebDriver is spoken to directly, on a display of its own. */
const throughWebDriver = async (): Promise<Driver> => {
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const driver = spawn('xvfb-run', ['-a', webkitDriverPath!, `--port=${port}`], { stdio: 'ignore', detached: true })
  await whenUp(base)
  const browserOptions = { binary: miniBrowser, args: ['--automation'] }
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': browserOptions } }
  const { sessionId } = (await command('POST', `${base}/session`, { capabilities })) as { sessionId: string }
  const session = `${base}/session/${sessionId}`
  return {
    goto: async (url) => void (await command('POST', `${session}/url`, { url })),
    evaluate: (expression) => command('POST', `${session}/execute/sync`, { script: `return ${expression}`, args: [] }),
    close: async () => {
      await command('DELETE', session).catch(() => {})
      stop(driver)
    },
  }
}

const hasWebkit = Boolean(webkitDriverPath && miniBrowser && existsSync('/usr/bin/xvfb-run'))

/** The engines, and why one is left out. */
export const ENGINES: { name: string; missing: string | undefined; launch: () => Promise<Driver> }[] = [
  { name: 'Chromium', missing: undefined, launch: () => throughPlaywright(launchChromium) },
  {
    name: 'Firefox',
    missing: firefoxPath ? undefined : 'no Firefox here',
    launch: () => throughPlaywright(launchFirefox),
  },
  {
    name: 'WebKit',
    missing: hasWebkit ? undefined : 'no WebKitWebDriver, MiniBrowser or xvfb-run here',
    launch: throughWebDriver,
  },
]
