import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ReleaseHealthJson } from '@foghorn/server'
import type { Page } from '@playwright/test'
import { CLIENTS, PACKAGES, releaseOf, visit, type PageWithSdk } from './harness/client-page.ts'
import { exceptionsOf } from './harness/exceptions.ts'
import type { Installation } from './harness/installation.ts'
import { expect, test } from './harness/test.ts'

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

test('@sentry/node: error and message arrive', async ({ installation }) => {
  const env = { ...process.env, DSN: installation.client.dsn, RELEASE: releaseOf('node') }
  await promisify(execFile)(process.execPath, [join(CLIENTS, 'node.mjs')], { env })
  const thrown = await installation.reader.latestEvent('thrown in Node')
  expect(thrown.platform).toBe('node')
  expect(exceptionsOf(thrown)[0]?.type).toBe('RangeError')
  expect((await installation.reader.issue('said in Node')).level).toBe('warning')
})
