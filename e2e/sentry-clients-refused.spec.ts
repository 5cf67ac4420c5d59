import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { OutcomeJson } from '@foghorn/server'
import type { Page } from '@playwright/test'
import { CLIENTS, PACKAGES, visit, type PageWithSdk } from './harness/client-page.ts'
import { exceptionsOf } from './harness/exceptions.ts'
import type { Installation } from './harness/installation.ts'
import { expect, test } from './harness/test.ts'

const run = promisify(execFile)

const titles = async ({ reader }: Installation): Promise<string[]> =>
  (await reader.issues()).map(({ title }) => title).toSorted()

/** How many the service counted of an outcome, by its reason. */
const counted = async ({ reader }: Installation, outcome: string, reason: string): Promise<number> =>
  (await reader.figures<OutcomeJson[]>('outcomes/'))
    .filter((row) => row.outcome === outcome && row.reason === reason)
    .reduce((sum, { quantity }) => sum + quantity, 0)

/** Version 6 sends events to the older address. */
const INGEST = /\/api\/\d+\/(?:envelope|store)\//

/** What the page's SDK was answered, in order; 0 where nobody answered. */
const watchAnswers = (page: Page): number[] => {
  const answers: number[] = []
  page.on('response', (response) => {
    if (INGEST.test(response.url())) answers.push(response.status())
  })
  page.on('requestfailed', (request) => {
    if (INGEST.test(request.url())) answers.push(0)
  })
  return answers
}

/** Answers what holds the text as a proxy does whose service fails. */
const failFor = async (page: Page, text: string): Promise<void> => {
  await page.route(INGEST, (route) =>
    route.request().postData()?.includes(text) ? route.fulfill({ status: 503 }) : route.continue(),
  )
}

const say = (page: Page, text: string): Promise<void> =>
  page.evaluate((words) => (window as unknown as PageWithSdk).Sentry.captureMessage(words), text)

const sayMuch = (page: Page, text: string): Promise<void> =>
  page.evaluate((words) => {
    const ballast = Array.from({ length: 300 }, () => 'x'.repeat(5000))
    ;(window as unknown as PageWithSdk).Sentry.captureEvent({ message: words, extra: { ballast } })
  }, text)

/** Quotas count by the minute: a minute that is about to end would give another event its turn. */
const limitToOne = async ({ reader }: Installation): Promise<void> => {
  await expect.poll(() => new Date().getSeconds()).toBeLessThan(35)
  await reader.decide({ eventsPerMinute: 1 })
}

const answered = (answers: readonly number[], status: number) =>
  expect.poll(() => answers.filter((answer) => answer === status), { message: `an answer ${status}` })

/** All in the long run, otherwise the oldest and the newest: most of each is waiting. */
const MAJORS = Object.keys(PACKAGES).filter(
  (_, index, all) => process.env['FOGHORN_LONG'] || index === 0 || index === all.length - 1,
)

for (const major of MAJORS) {
  test(`@sentry/browser ${major} loses what is refused or cannot be delivered, and nothing after it`, async ({
    page,
    ownInstallation: installation,
  }) => {
    const { reader, service } = installation
    await visit(major, installation, async (url) => {
      const answers = watchAnswers(page)
      await page.goto(url)
      await sayMuch(page, 'larger than an event may be')
      await answered(answers, 413).toHaveLength(1)
      await say(page, 'after the large one')
      await reader.issue('after the large one')

      await failFor(page, 'while failing')
      await say(page, 'while failing')
      // Version 7 has sent it twice on a busy machine.
      await answered(answers, 503).not.toHaveLength(0)
      await page.unroute(INGEST)
      await say(page, 'after the failure')
      await reader.issue('after the failure')

      await service.stop()
      await say(page, 'while the service is away')
      await answered(answers, 0).not.toHaveLength(0)
      await service.start()
      await say(page, 'after the outage')
      await reader.issue('after the outage')
      expect(answers.filter((answer) => answer === 413)).toHaveLength(1)
    })
    expect(await titles(installation)).toEqual(['after the failure', 'after the large one', 'after the outage'])
    expect(await counted(installation, 'limited', 'too_large')).toBe(1)
  })

  test(`@sentry/browser ${major} keeps errors back for as long as it is told, and goes on sending the rest`, async ({
    page,
    ownInstallation: installation,
  }) => {
    await limitToOne(installation)
    await visit(major, installation, async (url) => {
      const answers = watchAnswers(page)
      await page.goto(url)
      await say(page, 'one')
      await installation.reader.issue('one')
      await say(page, 'two')
      await answered(answers, 429).toHaveLength(1)
      const before = answers.filter((answer) => answer === 200).length
      await say(page, 'three')
      // Going on within the page begins another session.
      await page.evaluate(() => history.pushState({}, '', '/elsewhere'))
      await expect.poll(() => answers.filter((answer) => answer === 200).length).toBeGreaterThan(before)
      await answered(answers, 429).toHaveLength(1)
    })
    expect(await titles(installation)).toEqual(['one'])
  })
}

test('a client that has met its quota still sends feedback', async ({ page, ownInstallation: installation }) => {
  await limitToOne(installation)
  await visit('11', installation, async (url) => {
    const answers = watchAnswers(page)
    await page.goto(url)
    await say(page, 'one')
    await installation.reader.issue('one')
    await say(page, 'two')
    await answered(answers, 429).toHaveLength(1)
    await page.evaluate(() =>
      (window as unknown as PageWithSdk).Sentry.captureFeedback({ message: 'still here', name: 'Ada' }),
    )
    await installation.reader.feedback('still here')
  })
})

/** Programs that say their arguments. Debian has the Python SDK as python3-sentry-sdk, for its own Python. */
const PROGRAMS: Record<string, { command: string; file: string }> = {
  '@sentry/node': { command: process.execPath, file: 'says.mjs' },
  'sentry-sdk of Python': { command: process.env['FOGHORN_PYTHON'] ?? '/usr/bin/python3', file: 'says.py' },
}

const hasPythonSdk = (): Promise<boolean> =>
  run(PROGRAMS['sentry-sdk of Python']!.command, ['-c', 'import sentry_sdk']).then(
    () => true,
    () => false,
  )

for (const [name, { command, file }] of Object.entries(PROGRAMS)) {
  const says = ({ client }: Installation, ...texts: string[]) =>
    run(command, [join(CLIENTS, file), ...texts], { env: { ...process.env, DSN: client.dsn } })

  test.describe(name, () => {
    test.beforeEach(async () => {
      test.skip(
        file.endsWith('.py') && !(await hasPythonSdk()),
        'no sentry_sdk for Python here: apt-get install python3-sentry-sdk, or name a Python that has it by FOGHORN_PYTHON',
      )
    })

    test(`${name}: what is refused or cannot be delivered is lost, and nothing after it`, async ({
      ownInstallation: installation,
    }) => {
      const { reader, service } = installation
      await says(installation, 'large', 'after the large one')
      await reader.issue('after the large one')
      await service.stop()
      await says(installation, 'while the service is away')
      await service.start()
      await says(installation, 'after the outage')
      await reader.issue('after the outage')
      expect(await titles(installation)).toEqual(['after the large one', 'after the outage'])
      expect(await counted(installation, 'limited', 'too_large')).toBe(1)
    })

    test(`${name}: once told that the quota is met, errors are kept back`, async ({
      ownInstallation: installation,
    }) => {
      await limitToOne(installation)
      await says(installation, 'one', 'two', 'three', 'four')
      await installation.reader.issue('one')
      // What the door turned away is counted with what comes next.
      const limited = async () => counted(installation, 'limited', 'quota')
      await expect.poll(limited).toBe(1)
      expect(await titles(installation)).toEqual(['one'])
    })
  })
}

test('sentry-sdk of Python: an error arrives', async ({ installation }) => {
  test.skip(!(await hasPythonSdk()), 'no sentry_sdk for Python here')
  const { command, file } = PROGRAMS['sentry-sdk of Python']!
  await run(command, [join(CLIENTS, file)], { env: { ...process.env, DSN: installation.client.dsn } })
  const thrown = await installation.reader.latestEvent('lantern')
  expect(thrown.platform).toBe('python')
  expect(exceptionsOf(thrown)[0]?.type).toBe('KeyError')
})
