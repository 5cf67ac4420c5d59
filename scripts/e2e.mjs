// npm run e2e [-- playwright arguments]: the scenarios, in a real browser against the real service.
import { join } from 'node:path'
import { ensureChromium } from './browsers.mjs'
import { build } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { main, root, tool } from './run.mjs'
import { scratchFolder } from './scratch.mjs'

await main(async () => {
  await ensureInstalled()
  await build()
  const env = { ...process.env, FOGHORN_CHROMIUM: await ensureChromium(), TMPDIR: scratchFolder() }
  await tool('playwright', ['test', '-c', join(root, 'e2e/playwright.config.ts'), ...process.argv.slice(2)], { env })
})
