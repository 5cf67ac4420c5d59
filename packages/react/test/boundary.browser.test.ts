import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
// @ts-expect-error plain JavaScript, shared with the build scripts
import { bundleForTest } from '../../../scripts/playground.mjs'
import { useSite } from '../../browser/test/harness/site.ts'

/** Where the playground with this React has a package of it. */
const installed = (version: number, name: string): string => {
  const app = join(import.meta.dirname, `../../../playground/react-${version}/package.json`)
  return dirname(createRequire(app).resolve(`${name}/package.json`))
}

// In development StrictMode renders everything twice, and React 18 lets the window hear what boundaries catch.
describe.each([
  [18, 'production'],
  [18, 'development'],
  [19, 'production'],
  [19, 'development'],
])('a boundary in StrictMode, React %i built for %s', (version, mode) => {
  const site = useSite()
  let script: string

  beforeAll(async () => {
    const alias = { react: installed(version, 'react'), 'react-dom': installed(version, 'react-dom') }
    script = await bundleForTest({ root: join(import.meta.dirname, 'dock'), entry: 'main.tsx', alias, mode })
  })
  beforeEach(async () => {
    site.pages.files.set('/dock.js', { body: script })
    const body = `<div id="app"></div><script>dsn = '${site.ingest.dsn}'</script><script type="module" src="/dock.js"></script>`
    site.pages.files.set('/', { body })
    await site.page.goto(site.pages.url)
  })

  const press = (name: string) => site.page.getByRole('button', { name, exact: true }).click()
  const told = () => site.page.evaluate('told')
  /** React 19 tells the root of what boundaries catch, too. */
  const toRoot = (error: string) => (version === 19 ? [['own handler', error]] : [])

  test('marks its event, and tells the page once of the error and once of the reset', async () => {
    expect(await site.page.evaluate('ropeRef.current.textContent')).toBe('The rope holds')
    await press('Tear')
    await site.page.getByRole('button', { name: 'Splice' }).waitFor()
    const event = await site.firstEvent()
    expect(event.tags).toEqual({ dock: 7 })
    expect(event.contexts!['rope']).toEqual({ message: 'The rope is torn', trail: true })
    await press('Mend')
    await press('Splice')
    await site.page.getByText('The rope holds').waitFor()
    expect(await told()).toEqual([
      ...toRoot('Error: The rope is torn'),
      ['error', 'The rope is torn', true, event.event_id],
      ['reset', 'The rope is torn', true, event.event_id],
    ])
    await site.page.evaluate('flush()')
    expect(site.ingest.events()).toHaveLength(1)
  })

  test('shows what is handed to it, each time that it is, and is reset from within its fallback', async () => {
    for (const count of [1, 2]) {
      await press('Call the pilot')
      await site.events(count)
      await press('Send another')
    }
    const events = site.ingest.events().map(({ exception, tags }) => [exception!.values[0]!.value, tags])
    expect(events).toEqual([
      ['asleep 1', { boat: 'pilot' }],
      ['asleep 2', { boat: 'pilot' }],
    ])
    expect(await told()).toEqual([...toRoot('asleep 1'), ...toRoot('asleep 2')])
  })

  test('marks its event also when nothing at all was thrown', async () => {
    await press('Call nobody')
    const event = await site.firstEvent()
    expect([event.exception!.values[0]!.value, event.tags]).toEqual(['null', { boat: 'pilot' }])
  })
})
