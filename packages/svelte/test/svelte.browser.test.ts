import { join } from 'node:path'
import { compile } from 'svelte/compiler'
import { beforeAll, expect, test } from 'vitest'
import { useSite } from '../../browser/test/harness/site.ts'
// @ts-expect-error plain JavaScript, shared with the build scripts
import { bundleForTest } from '../../../scripts/playground.mjs'

const site = useSite()
let script: string

const svelte = {
  name: 'svelte',
  transform: (code: string, id: string) =>
    id.endsWith('.svelte') ? { code: compile(code, { filename: id, generate: 'client' }).js.code, map: null } : null,
}

beforeAll(async () => {
  script = await bundleForTest({ root: join(import.meta.dirname, 'app'), entry: 'main.js', plugins: [svelte] })
})

const open = async (): Promise<void> => {
  site.pages.files.set('/app.js', { body: script })
  site.pages.files.set('/', {
    body: `<div id="app"></div><script>dsn = '${site.ingest.dsn}'</script><script type="module" src="/app.js"></script>`,
  })
  await site.page.goto(site.pages.url)
  await site.page.getByRole('button', { name: 'Sail' }).waitFor()
}

test('what a boundary catches arrives once, and its snippet is shown', async () => {
  await open()
  await site.page.getByRole('button', { name: 'Sail' }).click()
  await site.page.getByRole('alert').waitFor()
  const event = await site.firstEvent()
  expect(event.exception!.values.at(-1)).toMatchObject({
    value: 'The mast is broken',
    mechanism: { type: 'auto.function.svelte.boundary', handled: true },
  })
})

test('handleError reports with the route and gives what the own handler gives; a missing page is no error', async () => {
  await open()
  expect(await site.page.evaluate('fail(404)')).toEqual({ message: 'Not available', code: 'FERRY' })
  expect(await site.page.evaluate('fail(500)')).toEqual({ message: 'Not available', code: 'FERRY' })
  const event = await site.firstEvent()
  expect(event.exception!.values.at(-1)!.value).toBe('Answered 500')
  expect(event.contexts!['svelte']).toEqual({ route: '/ferries/[id]', status: 500 })
})
