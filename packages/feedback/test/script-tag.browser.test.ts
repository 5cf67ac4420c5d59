import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { useSite } from '../../browser/test/harness/site.ts'

const site = useSite()
const FORM = '/foghorn.feedbackForm.min.js'

const built = (file: string): Promise<string> => readFile(join(import.meta.dirname, '../dist', file), 'utf8')

/** A page that has the SDK by script tag, with the widget's files beside it, as the service has them. */
const open = async (): Promise<string[]> => {
  const fetched: string[] = []
  site.page.on('request', (request) => fetched.push(new URL(request.url()).pathname))
  await site.open({}, "<script>Foghorn.use('feedback', { required: ['email'] })</script>")
  return fetched
}

const press = () => site.page.locator('foghorn-feedback').getByRole('button').click()

const arrived = () => site.ingest.items.filter(({ type }) => type === 'feedback')

beforeEach(async () => {
  for (const file of ['/foghorn.feedback.min.js', FORM]) site.pages.files.set(file, { body: await built(file) })
})

test('the script tag brings the button when asked for, and the form when that is opened', async () => {
  const fetched = await open()
  const button = site.page.locator('foghorn-feedback')
  await button.waitFor()
  expect(fetched).not.toContain(FORM)
  await press()
  const form = site.page.getByRole('dialog')
  await form.getByLabel('What happened?').fill('By script tag')
  await form.getByLabel('Email').fill('ada@example.com')
  await form.getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => form.getByRole('status').textContent()).toBe('Thank you. Your message has arrived.')
  expect(arrived()[0]!.payload.contexts.feedback).toMatchObject({ message: 'By script tag', source: 'widget' })
  await form.getByRole('button', { name: 'Close' }).click()
  await press()
  await form.waitFor()
  expect(fetched.filter((file) => file === FORM)).toHaveLength(1)
  await site.page.evaluate('Foghorn.close()')
  expect(await button.count()).toBe(0)
})

test('in a language of its own', async () => {
  await site.open({}, "<script>document.documentElement.lang = 'ja'; Foghorn.use('feedback')</script>")
  await press()
  await site.page.getByRole('dialog', { name: 'フィードバックを送る' }).waitFor()
})

test('a form whose text is not what was built is not run', async () => {
  site.pages.files.set(FORM, { body: `${await built(FORM)};globalThis.tampered = true` })
  await open()
  const refused = site.page.waitForEvent('console', (message) => message.text().includes('cannot be had'))
  await press()
  await refused
  expect(await site.page.evaluate('globalThis.tampered')).toBeUndefined()
  expect(await site.page.getByRole('dialog').count()).toBe(0)
})
