import { expect, test } from 'vitest'
import { uploadFolder, type ScriptSummary } from '../src/index.ts'
import { build, folderWith } from './build-folder.ts'

/** What an upload would make of one script and its map; nobody is asked. */
const judge = async (code: string, map: string): Promise<Pick<ScriptSummary, 'status' | 'remark'>> => {
  const folder = folderWith({ 'app.js': code, 'app.js.map': map, 'other.js': 'a()', 'other.js.map': FITTING })
  const address = { url: 'http://127.0.0.1:1', authToken: 'none', org: 'acme', projects: ['shop'] }
  const { scripts } = await uploadFolder({ ...address, folder: folder.path, release: 'web@1', dryRun: true })
  const { status, remark } = scripts.find(({ script }) => script === 'app.js')!
  return remark === undefined ? { status } : { status, remark }
}

const FITTING = JSON.stringify({ version: 3, sources: ['a.ts'], sourcesContent: ['a()'], names: [], mappings: 'AAAA' })

const { code, map } = build()

const withMembers = (members: object): string => JSON.stringify({ ...JSON.parse(map), ...members })

test('the map that came with the script is fine', async () => {
  expect(await judge(code, map)).toEqual({ status: 'included' })
  expect(await judge(code.replaceAll('\n', '\r\n'), map)).toEqual({ status: 'included' })
})

test('so is one in sections', async () => {
  const sections = [0, 1].map((line) => ({ offset: { line, column: 0 }, map: JSON.parse(map) }))
  const firstLine = code.slice(0, code.indexOf('\n') + 1)
  expect(await judge(firstLine + code, JSON.stringify({ version: 3, sections }))).toEqual({ status: 'included' })
  expect((await judge('a()\n', JSON.stringify({ version: 3, sections }))).status).toBe('failed')
})

test.each([
  ['of another script', build('throw 1').code, map],
  ['of the script before it was minified', code, build(undefined, { minify: false }).map],
  ['whose sources are not listed', code, withMembers({ sources: [], sourcesContent: [] })],
])('a map %s is refused', async (_, script, otherMap) => {
  const { status, remark } = await judge(script, otherMap)
  expect(status).toBe('failed')
  expect(remark).toMatch(
    /^app\.js\.map is not the map of app\.js: \d+ of its \d+ mappings point outside of the script or its sources\. Build again/,
  )
})

test('so is one in sections that stand nowhere', async () => {
  const { remark } = await judge(code, JSON.stringify({ version: 3, sections: [{ map: JSON.parse(map) }] }))
  expect(remark).toMatch(/^app\.js\.map has a section without a place or without mappings\./)
})

test('so is one whose mappings are damaged', async () => {
  expect(await judge(code, withMembers({ mappings: 'AAAA,ü' }))).toEqual({
    status: 'failed',
    remark: 'app.js.map has "mappings" that are no Base64 VLQ numbers. Build again, and upload what the bundler wrote.',
  })
})
