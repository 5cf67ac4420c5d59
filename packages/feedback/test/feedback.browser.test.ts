import { expect, test } from 'vitest'
import { expectNoViolations, useWidget } from './widget.ts'

const widget = useWidget()
const { site } = widget

const status = () => site.page.getByRole('dialog').getByRole('status')

const fill = async (fields: Record<string, string>) => {
  for (const [label, text] of Object.entries(fields)) await site.page.getByLabel(label).fill(text)
}

const send = () => site.page.getByRole('button', { name: 'Send' }).click()

test('the form is fetched when it is opened, and what is told arrives with the last error', async () => {
  const files: string[] = []
  site.page.on('request', (request) => files.push(new URL(request.url()).pathname))
  const page = await widget.open({
    code: "sdk.setUser({ username: 'Ada', email: 'ada@example.com' }); sdk.captureException(new Error('lost'))",
  })
  const [event] = await site.events(1)
  expect(files.some((file) => file.includes('/form/'))).toBe(false)
  await widget.press()
  expect(files.some((file) => file.includes('/form/'))).toBe(true)
  await fill({ 'What happened?': ' The ticket was gone. ' })
  await send()
  await expect.poll(() => status().textContent()).toBe('Thank you. Your message has arrived.')
  expect(widget.arrived()).toMatchObject([
    {
      message: 'The ticket was gone.',
      name: 'Ada',
      contact_email: 'ada@example.com',
      source: 'widget',
      associated_event_id: event!.event_id,
    },
  ])
  await expectNoViolations(page)
})

test('the whole of it works by keyboard alone', async () => {
  const page = await widget.open()
  const { keyboard } = page
  const focused = () =>
    page.evaluate(
      '(function deep(e) { return e.shadowRoot?.activeElement ? deep(e.shadowRoot.activeElement) : e.name || e.textContent })(document.activeElement)',
    )
  await keyboard.press('Tab')
  await keyboard.press('Tab')
  expect(await focused()).toBe('Feedback')
  await keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  expect(await focused()).toBe('message')
  await keyboard.type('By keyboard')
  await keyboard.press('Tab')
  expect(await focused()).toBe('name')
  await keyboard.press('Escape')
  expect(await page.getByRole('dialog').count()).toBe(0)
  expect(await focused()).toBe('Feedback')
  await keyboard.press('Space')
  await page.getByRole('dialog').waitFor()
  await keyboard.type('Again by keyboard')
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await expect.poll(() => status().textContent()).toBe('Thank you. Your message has arrived.')
  expect(await focused()).toBe('Close')
  await keyboard.press('Enter')
  expect(await focused()).toBe('Feedback')
  expect(widget.arrived().map(({ message }) => message)).toEqual(['Again by keyboard'])
})

test('what is missing or wrong is said at its field, which gets the focus', async () => {
  const page = await widget.open({ options: { required: ['email'] } })
  await widget.press()
  await send()
  const message = page.getByLabel('What happened?')
  expect(await message.getAttribute('aria-invalid')).toBe('true')
  expect(await message.evaluate((input) => (input.getRootNode() as ShadowRoot).activeElement === input)).toBe(true)
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Write a few words about what happened.').waitFor()
  await dialog.getByText('Enter your email address.').waitFor()
  await fill({ 'What happened?': 'Lost', Email: 'ada at home' })
  expect(await message.getAttribute('aria-invalid')).toBe('false')
  await send()
  await dialog.getByText('Enter an email address such as name@example.com.').waitFor()
  await fill({ Email: 'ada@example.com' })
  await send()
  await expect.poll(() => status().textContent()).toContain('Thank you')
})

test('when the service does not answer, it is saved, said so, and sent by the next page', async () => {
  await widget.open()
  site.ingest.answer = () => 'dropped'
  await widget.press()
  await fill({ 'What happened?': 'Offline at sea' })
  await send()
  await expect.poll(() => status().textContent()).toContain('is saved in this browser')
  expect(widget.arrived()).toEqual([])
  site.ingest.answer = () => ({ status: 200 })
  await widget.open()
  await expect.poll(() => widget.arrived().length).toBe(1)
})

test('when the service refuses it, nobody is thanked', async () => {
  await widget.open()
  site.ingest.answer = () => ({ status: 403 })
  await widget.press()
  await fill({ 'What happened?': 'Refused' })
  await send()
  await expect.poll(() => status().textContent()).toContain('could not be sent')
})

test('nobody sends more than five messages in ten minutes', async () => {
  const page = await widget.open()
  for (let count = 1; count <= 5; count += 1) {
    await widget.press()
    await fill({ 'What happened?': `Message ${count}` })
    await send()
    await page.getByRole('button', { name: 'Close' }).click()
  }
  await widget.press()
  await fill({ 'What happened?': 'One more' })
  await send()
  await page.getByRole('dialog').getByText('You have sent several messages.').waitFor()
  expect(widget.arrived()).toHaveLength(5)
})

test.each([
  ['de-AT', 'Feedback', 'Feedback geben', 'Senden'],
  ['fr', 'Votre avis', 'Donner votre avis', 'Envoyer'],
  ['es', 'Comentarios', 'Enviar comentarios', 'Enviar'],
  ['pt-BR', 'Comentários', 'Enviar comentários', 'Enviar'],
  ['ja', 'フィードバック', 'フィードバックを送る', '送信'],
  ['zh-CN', '反馈', '提交反馈', '发送'],
  ['fi', 'Feedback', 'Give feedback', 'Send'],
])('in %s it speaks the language of the page', async (lang, button, title, send) => {
  const page = await widget.open({ lang })
  expect(await page.locator('foghorn-feedback').getByRole('button').textContent()).toBe(button)
  await widget.press()
  await page.getByRole('dialog', { name: title }).getByRole('button', { name: send }).waitFor()
})

test('a form of the page, written by the guides for older clients, works as it is', async () => {
  await widget.open({
    code: `const event_id = sdk.captureException(new Error('lost'))
      sdk.captureUserFeedback({ event_id, name: 'Ada', email: 'ada@example.com', comments: 'The ticket was gone.' })`,
  })
  const [event] = await site.events(1)
  await expect.poll(() => widget.arrived().length).toBe(1)
  expect(widget.arrived()).toMatchObject([
    {
      message: 'The ticket was gone.',
      name: 'Ada',
      contact_email: 'ada@example.com',
      associated_event_id: event!.event_id,
    },
  ])
})

test('texts can be replaced, and the page styles it from outside', async () => {
  const page = await widget.open({ options: { texts: { button: 'Hjelp', title: 'Si fra', send: 'Send inn' } } })
  expect(await page.locator('foghorn-feedback').getByRole('button').textContent()).toBe('Hjelp')
  await page.evaluate("document.documentElement.style.setProperty('--foghorn-accent', 'rgb(1, 2, 3)')")
  await widget.press()
  const button = page.getByRole('dialog', { name: 'Si fra' }).getByRole('button', { name: 'Send inn' })
  expect(await button.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(1, 2, 3)')
})
