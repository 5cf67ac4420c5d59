import { exceptionsOf, innermostFirst } from './harness/exceptions.ts'
import { placesIn } from './harness/places.ts'
import { expect, test } from './harness/test.ts'

const placeInPage = placesIn('playground/plain')

test.beforeEach(({ page, installation }) => page.goto(`${installation.shopUrl}/plain/`))

test('one script tag is enough to report an error', async ({ page, installation }) => {
  await page.getByTestId('fail-error').click()
  const [exception] = exceptionsOf(await installation.reader.latestEvent('The beacon has 0 litres of oil'))
  expect(exception).toMatchObject({ type: 'Error', mechanism: { handled: false } })
  const [crash, caller] = innermostFirst(exception?.stacktrace)
  // The page is not minified: what the browser says is the original place already.
  const { line, column } = placeInPage('index.html', 'throw ^new Error(')
  expect(crash).toMatchObject({ function: 'lightBeacon', lineNo: line, colNo: column })
  expect(caller).toMatchObject({ lineNo: placeInPage('index.html', '() => ^lightBeacon(0)').line })
})

test('one script tag is enough to report a rejection', async ({ page, installation }) => {
  await page.getByTestId('fail-rejection').click()
  const [exception] = exceptionsOf(await installation.reader.latestEvent("reading 'length'"))
  expect(exception?.type).toBe('TypeError')
})

test("the script tag brings the package's functions", async ({ page, installation }) => {
  await page.getByTestId('capture-message').click()
  const event = await installation.reader.latestEvent('The beacon is lit')
  expect(event.level).toBe('info')
})

test('the script tag brings the feedback button when asked for', async ({ page, installation }) => {
  await page.getByTestId('feedback').click()
  await page.locator('foghorn-feedback').getByRole('button').click()
  const form = page.getByRole('dialog', { name: 'Give feedback' })
  await form.getByLabel('What happened?').fill('The beacon blinds me')
  await form.getByRole('button', { name: 'Send' }).click()
  await expect(form.getByRole('status')).toHaveText('Thank you. Your message has arrived.')
  expect(await installation.reader.feedback('The beacon blinds me')).toMatchObject({ source: 'widget' })
})
