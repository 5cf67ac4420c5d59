// Opens a build in Chromium, as its users would.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { chromium, type Browser } from 'playwright'

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }

const executable = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['FOGHORN_CHROMIUM'] ?? executable ?? chromium.executablePath(),
    chromiumSandbox: false,
    args: ['--disable-gpu', '--disable-background-networking'],
  })

const serve = async (folder: string): Promise<{ url: string; close: () => void }> => {
  const server = createServer(({ url }, response) => {
    const path = join(folder, new URL(url!, 'http://host').pathname.replace(/\/$/, '/index.html'))
    if (!existsSync(path)) return void response.writeHead(404).end()
    response
      .writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' })
      .end(readFileSync(path))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Opens a folder's page and waits until its SDK has taken this many errors. Gives their event IDs. */
export const visit = async (browser: Browser, folder: string, { dsn, errors }: { dsn: string; errors: number }) => {
  const site = await serve(folder)
  const page = await browser.newPage()
  try {
    await page.goto(`${site.url}?dsn=${encodeURIComponent(dsn)}`)
    await page.waitForFunction((count) => (globalThis as any).sent?.length >= count, errors)
    await page.waitForLoadState('networkidle')
    return await page.evaluate(() => (globalThis as any).sent as string[])
  } finally {
    await page.close()
    site.close()
  }
}
