import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ReleaseHealthJson } from '@foghorn/server'
import type { Page } from '@playwright/test'
import { build } from 'esbuild'
import { servePlayground } from '../scripts/playground.mjs'
import { exceptionsOf } from './harness/exceptions.ts'
import type { Installation } from './harness/installation.ts'
import { expect, test } from './harness/test.ts'

const CLIENTS = fileURLToPath(new URL('clients', import.meta.url))

interface Sdk {
  captureMessage(text: string): void
  captureFeedback(feedback: { message: string; name: string }): void
}

interface PageWithSdk {
  Sentry: Sdk
}

const releaseOf = (major: string): string => `client-${major}@1.0.0`

const PACKAGES: Record<string, string> = {
  6: 'sentry-browser-6',
  7: 'sentry-browser-7',
  8: 'sentry-browser-8',
  10: 'sentry-browser-10',
  11: '@sentry/browser',
}

const visit = async (major: string, { client }: Installation, use: (url: string) => Promise<void>): Promise<void> => {
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

const fail = (page: Page, major: string): Promise<void> =>
  page.evaluate((text) => {
    // Older versions call what their own timers throw handled, so it is thrown where no client stands in between.
    const script = document.createElement('script')
    script.textContent = `throw new TypeError(${JSON.stringify(text)})`
    document.head.append(script)
    const { Sentry } = window as unknown as PageWithSdk
    Sentry.captureMessage(text.replace('thrown', 'said'))
  }, `thrown by version ${major}`)

const healthOf = async ({ reader }: Installation, release: string): Promise<ReleaseHealthJson | undefined> =>
  (await reader.figures<ReleaseHealthJson[]>('release-health/')).find((health) => health.release === release)

for (const major of Object.keys(PACKAGES))
  test(`@sentry/browser ${major}: error, message and session arrive`, async ({ page, installation }) => {
    await visit(major, installation, async (url) => {
      await page.goto(url)
      await fail(page, major)
      const thrown = await installation.reader.latestEvent(`thrown by version ${major}`)
      expect(thrown.sdk?.version).toMatch(new RegExp(`^${major}\\.`))
      expect(exceptionsOf(thrown)[0]).toMatchObject({ type: 'TypeError', mechanism: { handled: false } })
      expect(thrown.contexts['browser']).toMatchObject({ name: expect.stringContaining('Chrome') })
      await installation.reader.issue(`said by version ${major}`)
      // Which state tells of an unhandled error differs by version; it is the same figure here.
      await expect.poll(async () => (await healthOf(installation, releaseOf(major)))?.crashed).toBe(1)
    })
  })

for (const major of ['8', '10', '11'])
  test(`@sentry/browser ${major}: page load times and feedback arrive`, async ({ page, installation }) => {
    await visit(major, installation, async (url) => {
      await page.goto(url)
      const words = `told by version ${major}`
      await page.evaluate((message) => {
        const { Sentry } = window as unknown as PageWithSdk
        Sentry.captureFeedback({ message, name: 'Ada' })
      }, words)
      expect((await installation.reader.feedback(words)).name).toBe('Ada')
      const groups = () => installation.reader.figures<{ group: string }[]>('measurements/?name=duration&by=release')
      await expect.poll(async () => (await groups()).map(({ group }) => group)).toContain(releaseOf(major))
    })
  })

test('a client that has met its quota keeps errors back and still sends feedback', async ({
  page,
  ownInstallation: installation,
}) => {
  await installation.reader.decide({ eventsPerMinute: 1 })
  await visit('11', installation, async (url) => {
    await page.goto(url)
    const statuses: number[] = []
    page.on('response', (response) => {
      if (response.url().includes('/envelope/')) statuses.push(response.status())
    })
    const say = (text: string): Promise<void> =>
      page.evaluate((words) => (window as unknown as PageWithSdk).Sentry.captureMessage(words), text)
    await say('one')
    await installation.reader.issue('one')
    await say('two')
    await expect.poll(() => statuses).toContain(429)
    await say('three')
    await page.evaluate(() =>
      (window as unknown as PageWithSdk).Sentry.captureFeedback({ message: 'still here', name: 'Ada' }),
    )
    await installation.reader.feedback('still here')
    expect(statuses.filter((status) => status === 429)).toHaveLength(1)
  })
})

test('@sentry/node: error and message arrive', async ({ installation }) => {
  const env = { ...process.env, DSN: installation.client.dsn, RELEASE: releaseOf('node') }
  await promisify(execFile)(process.execPath, [join(CLIENTS, 'node.mjs')], { env })
  const thrown = await installation.reader.latestEvent('thrown in Node')
  expect(thrown.platform).toBe('node')
  expect(exceptionsOf(thrown)[0]?.type).toBe('RangeError')
  expect((await installation.reader.issue('said in Node')).level).toBe('warning')
})
