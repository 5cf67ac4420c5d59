import type { Page } from '@playwright/test'
import { axeFindings } from './harness/axe.ts'
import { logIn } from './harness/dashboard.ts'
import { errorOf, sendEvent } from './harness/send-event.ts'
import { expect, test } from './harness/test.ts'

const row = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text })

/** Presses keys one after the other, as fingers do. */
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

const inBothThemes = async (page: Page, what: string) => {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme)
    expect(await axeFindings(page), `${what}, ${theme}`).toEqual([])
  }
}

test('the list is worked through with the keyboard alone, and new issues come without moving it', async ({
  page,
  ownInstallation,
}) => {
  const { client, reader, service } = ownInstallation
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const type of ['AnchorError', 'BuoyError', 'CableError']) {
    await sendEvent(client.dsn, errorOf(type))
    await reader.issue(type)
  }
  await logIn(page, ownInstallation)
  await expect(row(page, 'CableError')).toBeVisible()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()

  // One issue: the note says what was done, and takes it back.
  await press(page, 'j')
  await expect(page.getByRole('link', { name: 'CableError' })).toBeFocused()
  await press(page, 'e')
  await expect(row(page, 'CableError')).toContainText('Resolved')
  expect((await reader.issue('CableError')).status).toBe('resolved')
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(row(page, 'CableError')).not.toContainText('Resolved')
  expect((await reader.issue('CableError')).status).toBe('unresolved')

  // Several: selected, given to somebody, archived.
  await page.getByRole('link', { name: 'CableError' }).focus()
  await press(page, 'x', 'j', 'x')
  await expect(page.getByText('2 selected')).toBeVisible()
  await press(page, 'a')
  await expect(page.getByRole('combobox', { name: 'Person or team' })).toBeFocused()
  await expect(page.getByRole('option', { name: 'Ada (me)' })).toBeVisible()
  await inBothThemes(page, 'the choice of people')
  await page.keyboard.type('ada')
  await press(page, 'Enter')
  await expect(row(page, 'BuoyError').getByRole('button', { name: /^Assign .* now Ada$/ })).toBeVisible()
  expect((await reader.issue('CableError')).assignedTo).toMatchObject({ type: 'user', name: 'Ada' })
  expect((await reader.issue('AnchorError')).assignedTo).toBeNull()

  await press(page, '?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await inBothThemes(page, 'the help')
  // Nothing is done behind an open dialog.
  await press(page, 'e', 'Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByRole('link', { name: 'AnchorError' }).focus()
  await press(page, 'i')
  await expect(row(page, 'AnchorError')).toContainText('Archived')
  expect((await reader.issue('CableError')).status).toBe('unresolved')

  // Meanwhile: figures change in place, and what is new waits for its reader.
  await sendEvent(client.dsn, errorOf('BuoyError'))
  await expect(row(page, 'BuoyError')).toContainText('events 2')
  await sendEvent(client.dsn, errorOf('DavitError'))
  const fresh = page.getByRole('button', { name: 'Show 1 new issue' })
  await expect(fresh).toBeVisible()
  const titles = () => page.locator('[data-issue-row]').allTextContents()
  expect((await titles()).map((title) => /\w+Error/.exec(title)?.[0])).toEqual([
    'CableError',
    'BuoyError',
    'AnchorError',
  ])
  await fresh.press('Enter')
  await expect(row(page, 'DavitError')).toBeVisible()
  expect((await titles())[0]).toContain('DavitError')

  // Search, and into an issue, which has the same keys.
  await press(page, '/')
  await expect(page.getByRole('combobox', { name: 'Search issues' })).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Davit')
  await press(page, 'Enter')
  await expect(row(page, 'BuoyError')).toBeHidden()
  await page.getByRole('link', { name: 'DavitError' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: /DavitError/ })).toBeVisible()
  await press(page, 'e')
  await expect(page.getByRole('button', { name: 'Unresolve' })).toBeVisible()
  expect(service.output()).not.toContain('"level":50')
})

test('a search is completed with what there is, and kept as a view that others of the project have too', async ({
  page,
  ownInstallation,
}) => {
  const { client, reader } = ownInstallation
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await sendEvent(client.dsn, errorOf('MastError', { environment: 'harbour side', tags: { crew: 'small' } }))
  await sendEvent(client.dsn, errorOf('SailError', { environment: 'production' }))
  await reader.issue('SailError')
  await logIn(page, ownInstallation)
  await expect(row(page, 'MastError')).toBeVisible()

  const field = page.getByLabel('Search issues')
  const suggestions = page.getByRole('listbox', { name: 'What may come next' })
  await press(page, '/', 'End')
  await page.keyboard.type(' cre')
  await expect(suggestions.getByRole('option', { name: /^crew:/ })).toBeVisible()
  await inBothThemes(page, 'suggestions')
  await press(page, 'ArrowDown', 'Enter')
  await expect(field).toHaveValue('is:unresolved tags[crew]:')
  await expect(suggestions.getByRole('option', { name: 'small' })).toBeVisible()
  await press(page, 'ArrowDown', 'Enter', 'Enter')
  await expect(row(page, 'SailError')).toBeHidden()
  await expect(row(page, 'MastError')).toBeVisible()
  await expect(page).toHaveURL(/query=is%3Aunresolved\+tags%5Bcrew%5D%3Asmall/)

  await field.fill('')
  await page.keyboard.type('environment:')
  await suggestions.getByRole('option', { name: 'harbour side' }).click()
  await expect(field).toHaveValue('environment:"harbour side" ')
  await field.press('Enter')
  await expect(row(page, 'SailError')).toBeHidden()
  await expect(row(page, 'MastError')).toBeVisible()

  const project = page.getByRole('search').getByLabel('Project')
  await project.selectOption({ label: 'shop' })
  await page.getByLabel('Seen').selectOption('7d')
  await page.getByText('Views', { exact: true }).click()
  await page.getByRole('button', { name: 'Save this search…' }).click()
  await page.getByLabel('Name').fill('Harbour <b>only</b>')
  await page.getByLabel('Share it with all who see this project').check()
  await inBothThemes(page, 'saving a view')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeHidden()

  await page.goto(ownInstallation.service.url)
  await expect(row(page, 'SailError')).toBeVisible()
  await page.getByText('Views', { exact: true }).click()
  await page.getByRole('link', { name: 'Harbour <b>only</b>' }).click()
  await expect(row(page, 'SailError')).toBeHidden()
  await expect(page.getByLabel('Seen')).toHaveValue('7d')
  await expect(field).toHaveValue('environment:"harbour side"')

  await page.getByText('Views', { exact: true }).click()
  await page.getByRole('button', { name: 'Delete the view Harbour <b>only</b>' }).click()
  await expect(page.getByText('No saved view yet.')).toBeVisible()

  await page.getByLabel('Environment').selectOption('production')
  await field.fill('is:nonsense')
  await field.press('Enter')
  await expect(page.getByRole('alert')).toContainText('Column')
})
