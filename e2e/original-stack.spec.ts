import type { ExceptionValueJson } from '@foghorn/server'
import { logIn } from './harness/dashboard.ts'
import { exceptionsOf, innermostFirst } from './harness/exceptions.ts'
import { readable } from './harness/places.ts'
import { placeInShop } from './harness/shop.ts'
import { expect, test } from './harness/test.ts'
import { type Call, type ExpectedException, failures } from './shop-failures.ts'

const written = ([name, file, marked]: Call) => ({ ...placeInShop(file, marked), function: name, status: 'resolved' })

const expectOriginal = (exceptions: ExceptionValueJson[], expected: ExpectedException) => {
  const exception = exceptions.find(({ type, value }) => type === expected.type && value?.includes(expected.value))
  expect(exception, `${expected.type}: ${expected.value}`).toBeDefined()
  const frames = innermostFirst(exception?.stacktrace).filter((frame) => frame.inApp)
  const read = frames.map((frame, index) => readable(frame, expected.calls[index]?.[1] ?? ''))
  expect(read).toEqual(expected.calls.map(written))
}

for (const { id, exceptions } of failures) {
  test(`the failure "${id}" of the minified shop reads as it was written`, async ({ page, installation }) => {
    await page.goto(installation.shopUrl)
    await page.getByTestId(`fail-${id}`).click()
    const thrown = exceptions[0] as ExpectedException

    const event = await installation.reader.latestEvent(thrown.value)
    const sent = exceptionsOf(event)
    for (const expected of exceptions) expectOriginal(sent, expected)

    const [raw] = innermostFirst(sent.find(({ type }) => type === thrown.type)?.rawStacktrace)
    expect(raw?.absPath ?? raw?.filename, 'the raw stack is that of the minified script').toMatch(/\/assets\/.*\.js$/)
  })
}

test('what was thrown or rejected without being an error says what it was', async ({ page, installation }) => {
  await page.goto(installation.shopUrl)
  for (const [id, text] of [
    ['string', 'The tide table is out of date'],
    ['rejection-string', 'Fog on the line'],
    ['rejection-object', 'visibility'],
  ] as const) {
    await page.getByTestId(`fail-${id}`).click()
    const event = await installation.reader.latestEvent(text)
    expect(event.level).toBe('error')
  }
})

test('a thrown string points at the line that threw it', async ({ page, installation }) => {
  await page.goto(installation.shopUrl)
  await page.getByTestId('fail-string').click()
  const [exception] = exceptionsOf(await installation.reader.latestEvent('The tide table is out of date'))
  const [frame] = innermostFirst(exception?.stacktrace)
  const { line, text } = placeInShop('src/failures/thrown.ts', "^throw 'The tide table")
  expect(frame).toMatchObject({ lineNo: line, resolution: { status: 'resolved' } })
  expect(frame?.context).toContainEqual([line, text])
})

test('a message keeps its level', async ({ page, installation }) => {
  await page.goto(installation.shopUrl)
  await page.getByTestId('fail-capture-message').click()
  const event = await installation.reader.latestEvent('The last compass was sold')
  expect(event.level).toBe('warning')
})

test('an image that does not load is named by its address', async ({ page, installation }) => {
  await page.goto(installation.shopUrl)
  await page.getByTestId('fail-image').click()
  await installation.reader.latestEvent('/pictures/horn-')
})

test('the maps that were uploaded are not public', async ({ page, request, installation }) => {
  const script = page.waitForResponse(/\/assets\/index-.*\.js$/)
  await page.goto(installation.shopUrl)
  const map = await request.get(`${(await script).url()}.map`)
  expect(map.status()).toBe(404)
})

test('libraries are told apart from the shop', async ({ page, installation }) => {
  await page.goto(installation.shopUrl)
  await page.getByTestId('fail-render').click()
  const [exception] = exceptionsOf(await installation.reader.latestEvent("reading 'toLowerCase'"))
  const react =
    exception?.stacktrace?.frames.filter((frame) => frame.filename?.includes('node_modules/react-dom')) ?? []
  expect(react.length).toBeGreaterThan(0)
  expect(react.filter((frame) => frame.inApp)).toEqual([])
})

test('the service logs a new issue as one line with its original crash frame', async ({ page, installation }) => {
  await page.goto(installation.shopUrl)
  await page.getByTestId('fail-lazy').click()
  const { shortId } = await installation.reader.issue('The coupon SPRINGTIDE')
  const { file, line, column } = placeInShop('src/coupons/coupons.ts', 'throw ^new CouponError(`The coupon')
  const isIt = (text: string) => text.includes(shortId) && text.includes(`${file}:${line}:${column}`)
  await expect.poll(() => installation.service.output().split('\n').filter(isIt)).toHaveLength(1)
})

test('the dashboard shows the same original stack', async ({ page, context, installation }) => {
  await logIn(page, installation)
  const shop = await context.newPage()
  for (const { id, exceptions } of failures) {
    const { value, calls } = exceptions[0] as ExpectedException
    const [name, file, marked] = calls[0] as Call
    const { line, column, text } = placeInShop(file, marked)
    await test.step(value, async () => {
      await shop.goto(installation.shopUrl)
      await shop.getByTestId(`fail-${id}`).click()
      await page.goto((await installation.reader.issue(value)).permalink)
      const crash = page.getByRole('button', { name: `${name} ` }).filter({ hasText: `${file}:${line}:${column}` })
      await expect(crash.first()).toHaveAttribute('aria-expanded', 'true')
      const failing = page.getByRole('listitem').filter({ hasText: 'Failing line:' })
      await expect(failing.first()).toContainText(text.trim())
    })
  }
})
