import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { servePlayground } from '../../scripts/playground.mjs'
import type { Installation } from './installation.ts'

/** Where the programs are that report with Sentry's SDKs. */
export const CLIENTS = fileURLToPath(new URL('../clients', import.meta.url))

export interface PageWithSdk {
  Sentry: {
    captureMessage(text: string): void
    captureEvent(event: object): void
    captureFeedback(feedback: { message: string; name: string }): void
  }
}

/** The package of each major version of `@sentry/browser`. */
export const PACKAGES: Record<string, string> = {
  6: 'sentry-browser-6',
  7: 'sentry-browser-7',
  8: 'sentry-browser-8',
  10: 'sentry-browser-10',
  11: '@sentry/browser',
}

export const releaseOf = (client: string): string => `client-${client}@1.0.0`

/** Serves a page with that version of the SDK for as long as it is used. */
export const visit = async (
  major: string,
  { client }: Installation,
  use: (url: string) => Promise<void>,
): Promise<void> => {
  const dist = await mkdtemp(join(tmpdir(), 'foghorn-clients-'))
  await build({
    entryPoints: [join(CLIENTS, 'main.js')],
    outdir: dist,
    bundle: true,
    minify: true,
    format: 'esm',
    logLevel: 'error',
    alias: { 'sentry-client': PACKAGES[major]! },
    define: { global: 'window' },
  })
  await copyFile(join(CLIENTS, 'index.html'), join(dist, 'index.html'))
  const site = await servePlayground({ ...client, port: 0, release: releaseOf(major), dist })
  await use(site.url)
  await site.close()
  await rm(dist, { recursive: true })
}
