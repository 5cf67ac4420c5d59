import { randomUUID } from 'node:crypto'
import { extname } from 'node:path'
import type { Locator } from '@playwright/test'
import { buildReactApp, servePlayground } from '../scripts/playground.mjs'
import { logIn } from './harness/dashboard.ts'
import { takePicture } from './harness/picture.ts'
import { expect, test as base } from './harness/test.ts'

/** The app with the feedback button. */
const test = base.extend<{ appUrl: string }>({
  appUrl: async ({ installation }, use) => {
    const dist = await buildReactApp(19)
    const app = await servePlayground({ ...installation.client, port: 0, release: 'ferry@feedback', dist })
    await use(app.url)
    await app.close()
  },
})

/** The colour in the middle of a picture. */
const middleOf = (image: Locator): Promise<number[]> =>
  image.evaluate((img: HTMLImageElement) => {
    const context = new OffscreenCanvas(img.naturalWidth, img.naturalHeight).getContext('2d')!
    context.drawImage(img, 0, 0)
    const { data } = context.getImageData(img.naturalWidth / 2, img.naturalHeight / 2, 1, 1)
    return [...data].slice(0, 3)
  })

test('what a visitor tells, with a picture, is in the inbox beside its issue, and leaves it when resolved', async ({
  page,
  appUrl,
  installation,
}) => {
  const told = 'I only wanted to see the departures'
  await page.goto(appUrl)
  await page.getByTestId('fail-render').click()
  await expect(page.getByRole('alert')).toHaveAttribute('data-event-id', /^[\da-f]{32}$/)
  const eventId = await page.getByRole('alert').getAttribute('data-event-id')
  await page.locator('foghorn-feedback').getByRole('button').click()
  const form = page.getByRole('dialog', { name: 'Give feedback' })
  await form.getByLabel('What happened?').fill(told)
  await form.getByLabel('Name').fill('Ada')
  await form.getByLabel('Email').fill('ada@example.com')
  const picture = { name: 'shot.png', mimeType: 'image/png', buffer: await page.screenshot() }
  await form.locator('input[type=file]').setInputFiles(picture)
  await form.getByRole('button', { name: 'Cover a part' }).click()
  await form.getByRole('button', { name: 'Send' }).click()
  await expect(form.getByRole('status')).toHaveText('Thank you. Your message has arrived.')

  const feedback = await installation.reader.feedback(told)
  expect(feedback).toMatchObject({ name: 'Ada', eventID: eventId, release: 'ferry@feedback' })
  expect(feedback.attachments).toMatchObject([{ name: 'screenshot.jpg', mimetype: 'image/jpeg' }])

  await logIn(page, installation)
  await page.getByRole('link', { name: 'Feedback', exact: true }).click()
  const item = page.getByRole('article', { name: 'From Ada' }).filter({ hasText: told })
  await expect(item).toContainText('ada@example.com')
  const image = item.getByRole('img')
  await image.scrollIntoViewIfNeeded()
  await expect
    .poll(() => image.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth))
    .toBeGreaterThan(100)
  expect(await middleOf(image), 'what was covered is black').toEqual([0, 0, 0])
  await takePicture(page, 'feedback-inbox')
  await item.getByRole('button', { name: 'Resolve' }).click()
  await expect(item).toBeHidden()
  await page.getByRole('button', { name: 'Resolved', exact: true }).click()
  await item.getByRole('link', { name: /^Event / }).click()
  await expect(page.getByRole('region', { name: 'What people told' })).toContainText(told)
})

test('a boundary asks after a crash, in the dialog that the service draws', async ({ page, appUrl, installation }) => {
  await page.goto(appUrl)
  await page.getByTestId('fail-dialog').click()
  const dialog = page.getByRole('dialog', { name: 'Something went wrong' })
  await dialog.getByLabel('What happened?').fill('It turned left by itself')
  await dialog.getByLabel('Email').fill('nowhere')
  await dialog.getByRole('button', { name: 'Send' }).click()
  await expect(dialog).toContainText('Enter an email address')
  await dialog.getByLabel('Email').fill('ada@example.com')
  await dialog.getByRole('button', { name: 'Send' }).click()
  await expect(dialog.getByRole('status')).toHaveText('Thank you. Your message has arrived.')
  const { eventID } = await installation.reader.feedback('It turned left by itself')
  const event = await installation.reader.event(eventID!)
  expect(event.title).toContain('The rudder is lost')
})

const TYPES: Record<string, string> = { '.png': 'image/png', '.html': 'text/html' }

/** An event with files, as clients send them that attach what they like. */
const sendWithFiles = async (dsn: string, message: string, files: Record<string, Buffer>): Promise<string> => {
  const { origin, pathname, username } = new URL(dsn)
  const id = randomUUID().replaceAll('-', '')
  const item = (header: object, payload: Buffer) => [
    Buffer.from(`${JSON.stringify({ ...header, length: payload.length })}\n`),
    payload,
    Buffer.from('\n'),
  ]
  const attached = Object.entries(files).flatMap(([filename, bytes]) =>
    item({ type: 'attachment', filename, content_type: TYPES[extname(filename)] }, bytes),
  )
  const event = item({ type: 'event' }, Buffer.from(JSON.stringify({ event_id: id, message, level: 'error' })))
  const body = Buffer.concat([Buffer.from(`{"event_id":"${id}"}\n`), ...event, ...attached])
  const response = await fetch(`${origin}/api${pathname}/envelope/?sentry_key=${username}`, { method: 'POST', body })
  expect(response.status).toBe(200)
  return id
}

test('files that came with an event are on its page: pictures to see, others to download', async ({
  page,
  installation,
}) => {
  const { client, reader, service } = installation
  await logIn(page, installation)
  const files = { 'harbour.png': await page.screenshot(), 'log.html': Buffer.from('<script>alert(1)</script>') }
  const event = await reader.event(await sendWithFiles(client.dsn, 'The harbour log is full', files))
  const address = `${service.url}/organizations/acme/issues/${event.groupID}/events/${event.eventID}`
  await page.goto(address)
  const list = page.getByRole('region', { name: 'Files' })
  await expect(list.getByRole('listitem')).toHaveCount(2)
  const image = list.getByRole('img')
  await image.scrollIntoViewIfNeeded()
  await expect
    .poll(() => image.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth))
    .toBeGreaterThan(100)
  const started = page.waitForEvent('download')
  await list.getByRole('link', { name: 'log.html' }).click()
  expect((await started).suggestedFilename()).toBe('log.html')
  expect(page.url()).toBe(address)
})
