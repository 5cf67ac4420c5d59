import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
// @ts-expect-error plain JavaScript, shared with the build scripts
import { bundleForTest } from '../../../scripts/playground.mjs'
import { useSite } from '../../browser/test/harness/site.ts'

// In development StrictMode renders everything twice.
describe.each(['production', 'development'])('a boundary in StrictMode, React built for %s', (mode) => {
  const site = useSite()
  let script: string

  beforeAll(async () => {
    const define = { 'process.env.NODE_ENV': JSON.stringify(mode) }
    script = await bundleForTest({ root: join(import.meta.dirname, 'dock'), entry: 'main.tsx', define })
  })
  beforeEach(async () => {
    site.pages.files.set('/dock.js', { body: script })
    const body = `<div id="app"></div><script>dsn = '${site.ingest.dsn}'</script><script type="module" src="/dock.js"></script>`
    site.pages.files.set('/', { body })
    await site.page.goto(site.pages.url)
  })

  const press = (name: string) => site.page.getByRole('button', { name, exact: true }).click()
  const told = () => site.page.evaluate('told')

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
      ['own handler', 'Error: The rope is torn'],
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
    expect(site.ingest.events().map((event) => event.exception!.values[0]!.value)).toEqual(['asleep 1', 'asleep 2'])
    expect(await told()).toEqual([
      ['own handler', 'asleep 1'],
      ['own handler', 'asleep 2'],
    ])
  })
})
