import { buildReactApp, servePlayground } from '../scripts/playground.mjs'
import { fileURLToPath } from 'node:url'
import { logIn } from './harness/dashboard.ts'
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
  if (process.env.FOGHORN_SCREENSHOTS === '1')
    await page.screenshot({ path: fileURLToPath(new URL('../docs/screenshots/feedback-inbox.png', import.meta.url)) })
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
