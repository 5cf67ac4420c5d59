// Sentry's own plugins against the service: people come with them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { installSentryTools, isLong, requireTool } from '../../cli/test/sentry-tools/install.ts'
import { startService, type Service } from '../../cli/test/service.ts'
import { BUILDS, type Bundler } from './bundlers.ts'
import { errorsOf, ORIGINAL_ERRORS } from './errors.ts'
import { startBrowser } from './page.ts'

interface Case {
  tool: string
  factory: string
  bundler: Bundler
  sdk: 'foghorn' | 'sentry'
}

const caseOf = (tool: string, factory: string, bundler: Bundler): Case[] =>
  (['foghorn', 'sentry'] as const).map((sdk) => ({ tool, factory, bundler, sdk }))

const CASES = [
  ...caseOf('vite-plugin-5', 'sentryVitePlugin', 'Vite'),
  ...caseOf('vite-plugin-11', 'sentryVitePlugin', 'Vite'),
  ...caseOf('rollup-plugin-4', 'sentryRollupPlugin', 'Rollup, ES modules'),
  ...caseOf('rollup-plugin-5', 'sentryRollupPlugin', 'Rollup, ES modules'),
  ...caseOf('webpack-plugin-5', 'sentryWebpackPlugin', 'webpack'),
  ...caseOf('webpack-plugin-11', 'sentryWebpackPlugin', 'webpack'),
  ...caseOf('esbuild-plugin-4', 'sentryEsbuildPlugin', 'esbuild, IIFE'),
  ...caseOf('esbuild-plugin-5', 'sentryEsbuildPlugin', 'esbuild, IIFE'),
]

describe.runIf(isLong)("Sentry's plugins", () => {
  let service: Service
  let browser: Browser
  const settings = mkdtempSync(join(tmpdir(), 'foghorn-sentry-settings-'))
  beforeAll(async () => {
    installSentryTools()
    // The uploader in version 11 of the plugins remembers an organization's address, for a week, in the user's home.
    vi.stubEnv('SENTRY_CONFIG_DIR', settings)
    service = await startService()
    browser = await startBrowser()
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    vi.unstubAllEnvs()
    rmSync(settings, { recursive: true, force: true })
  })

  test.each(CASES)(
    '$tool: a build by $bundler with the SDK $sdk is read in the original',
    async ({ tool, factory, bundler, sdk }) => {
      const outDir = mkdtempSync(join(tmpdir(), 'foghorn-sentry-plugin-'))
      onTestFinished(() => rmSync(outDir, { recursive: true, force: true }))
      const release = `${tool}@${sdk}`
      const plugin = requireTool(tool)[factory]({
        url: service.url(),
        authToken: service.token,
        org: 'acme',
        project: 'shop',
        release: { name: release, setCommits: false },
        telemetry: false,
        silent: true,
        errorHandler: (error: Error) => {
          throw error
        },
      })
      await BUILDS[bundler]({ entry: sdk, outDir, plugin, sourcemap: true })
      expect(await errorsOf(outDir, { browser, service })).toEqual(ORIGINAL_ERRORS(release))
    },
    120_000,
  )
})
