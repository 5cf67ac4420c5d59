import { defineConfig } from '@playwright/test'
import { CHROMIUM_ARGS, ensureChromium } from '../scripts/browsers.mjs'

export default defineConfig({
  testDir: '.',
  outputDir: '.results',
  globalSetup: './harness/prepare.ts',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // Much of what they do is waiting, for services and quotas.
  workers: 3,
  // A busy machine can make a browser late; what fails twice is broken. The second try is shown.
  retries: process.env.CI ? 1 : 0,
  // These tell a test that hangs from a slow machine, which may be ten times slower than a good one.
  timeout: 600_000,
  expect: {
    timeout: 60_000,
    // Edges of letters may differ a little from browser to browser; a part that is missing or moved is more than that.
    toHaveScreenshot: { pathTemplate: '{testDir}/appearance/{arg}{ext}', threshold: 0.3, maxDiffPixelRatio: 0.01 },
  },
  reporter: [['list']],
  use: {
    trace: 'retain-on-failure',
    actionTimeout: 60_000,
    launchOptions: { executablePath: await ensureChromium(), chromiumSandbox: false, args: CHROMIUM_ARGS },
  },
})
