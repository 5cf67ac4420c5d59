import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { beforeAll, expect, test } from 'vitest'
import { useSite } from '../../browser/test/harness/site.ts'
// @ts-expect-error plain JavaScript, shared with the build scripts
import { bundleForTest } from '../../../scripts/playground.mjs'

const site = useSite()
let script: string

beforeAll(async () => {
  script = await bundleForTest({ root: join(import.meta.dirname, 'app'), entry: 'main.js', plugins: [vue()] })
})

const open = async (search = ''): Promise<void> => {
  site.pages.files.set('/app.js', { body: script })
  site.pages.files.set('/', {
    body: `<div id="app"></div><script>dsn = '${site.ingest.dsn}'</script><script type="module" src="/app.js"></script>`,
  })
  await site.page.goto(`${site.pages.url}/${search}`)
}

const click = (name: string) => site.page.getByRole('button', { name }).click()

test('an error in rendering arrives once, with the trail of components', async () => {
  await open()
  await click('Sail')
  const event = await site.firstEvent()
  expect(event.exception!.values.at(-1)).toMatchObject({
    value: 'The mast is broken',
    mechanism: { type: 'auto.function.vue.error_handler', handled: false },
  })
  expect(event.contexts!['vue']).toMatchObject({ componentStack: '    at Mast\n    at Ship\n    at Harbour' })
})

test("an error in an event handler arrives, and the app's own handler is called", async () => {
  await open('?own')
  await click('Ring')
  const event = await site.firstEvent()
  expect(event.contexts!['vue']).toMatchObject({ componentStack: '    at Ship\n    at Harbour' })
  expect(await site.page.evaluate('handled')).toEqual(['Error: The bell is cracked'])
})
