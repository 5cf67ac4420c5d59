import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startService, type Service } from '../../cli/test/service.ts'
import { build, BUNDLERS, type Bundler } from './bundlers.ts'
import { errorsOf, ORIGINAL_ERRORS } from './errors.ts'
import { startBrowser } from './page.ts'

let service: Service
let browser: Browser
beforeAll(async () => {
  service = await startService()
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await service?.close()
})

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'foghorn-plugin-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const RELEASE = 'shop@1.4.2'

const options = () => ({
  url: service.url(),
  authToken: service.token,
  org: 'acme',
  project: 'shop',
  release: RELEASE,
  strict: true,
})

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

const PAIRS: [Bundler, string][] = [
  ...BUNDLERS.map((bundler): [Bundler, string] => [bundler, 'foghorn']),
  ['webpack', 'sentry'],
]

test.each(PAIRS)('a build by %s with the SDK %s is read in the original', async (bundler, entry) => {
  const outDir = temporaryFolder()
  await build(bundler, { entry, outDir, options: options() })
  const scripts = filesOf(outDir).filter((path) => path.endsWith('.js'))
  for (const script of scripts) expect(readFileSync(script, 'utf8'), script).toMatch(/\/\/# debugId=[\da-f-]{36}\s*$/)
  expect(filesOf(outDir).filter((path) => path.endsWith('.map'))).toEqual([])
  expect(await errorsOf(outDir, { browser, service })).toEqual(ORIGINAL_ERRORS(RELEASE))
})
