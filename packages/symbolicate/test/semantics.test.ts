// What a position means, by ECMA-426 where it says so.
import { describe, expect, test } from 'vitest'
import { buildIndex } from '@foghorn/symbolicate'
import { encodeMap } from './encode-map.ts'
import { open } from './open.ts'

const TEXT = 'one\ntwo\nthree\nfour'
const simple = (rest: Record<string, unknown> = {}) =>
  encodeMap([[[4, 0, 0, 0], [10], [20, 0, 2, 1]], [], [[0, 0, 3, 0]]], { sourcesContent: [TEXT], ...rest })

test('the mapping at or before a position counts, within its line', async () => {
  const index = await open(simple())
  const line = (position: { line: number; column: number }) => {
    const found = index.lookup(position)
    return found.status === 'resolved' ? found.line : found.reason
  }
  expect([1, 4, 5, 10, 11, 20, 21, 999].map((column) => line({ line: 1, column }))).toEqual([
    'column-before-first',
    'column-before-first',
    1,
    1,
    'unmapped-segment',
    'unmapped-segment',
    3,
    3,
  ])
  expect(line({ line: 2, column: 1 })).toBe('line-not-mapped')
  expect(line({ line: 3, column: 1 })).toBe(4)
  expect(line({ line: 9, column: 1 })).toBe('position-outside')
  expect(line({ line: 0, column: 1 })).toBe('no-line')
})

test('a frame without a column resolves where its line comes from one original line', async () => {
  const index = await open(simple())
  expect(index.lookup({ line: 3 })).toMatchObject({ status: 'resolved', line: 4, approximate: true })
  expect(index.lookup({ line: 1 })).toMatchObject({ status: 'unresolved', reason: 'no-column' })
})

test('lines of code come with the frame, whatever ends them', async () => {
  const index = await open(simple({ sourcesContent: ['one\r\ntwo\rthree\nfour'] }))
  expect(index.lookup({ line: 1, column: 21 })).toMatchObject({
    contextLine: 'three',
    preContext: ['one', 'two'],
    postContext: ['four'],
  })
  const separators = await open(simple({ sourcesContent: ['one\u2028two\u2029three'] }))
  expect(separators.lookup({ line: 1, column: 21 })).toMatchObject({ contextLine: 'three' })
  const short = await open(simple({ sourcesContent: ['one'] }))
  expect(short.lookup({ line: 1, column: 21 })).toMatchObject({
    status: 'resolved',
    line: 3,
    missing: 'content-line-missing',
  })
  const none = await open(simple({ sourcesContent: undefined }))
  expect(none.lookup({ line: 1, column: 21 })).toMatchObject({ status: 'resolved', line: 3, missing: 'no-content' })
})

test('long lines are cut around the column and marked', async () => {
  const text = `${'a'.repeat(40_000)}HERE${'b'.repeat(40_000)}`
  const index = await open(encodeMap([[[0, 0, 0, 40_000]]], { sourcesContent: [text] }))
  const found = index.lookup({ line: 1, column: 1 })
  expect(found).toMatchObject({ contextLine: expect.stringMatching(/^\{snip\} a+HEREb+ \{snip\}$/) })
})

test('columns are UTF-16 units', async () => {
  const text = `const s = '😀é'; fail()`
  const index = await open(encodeMap([[[0, 0, 0, text.indexOf('fail')]]], { sourcesContent: [text] }))
  expect(index.lookup({ line: 1, column: 1 })).toMatchObject({ column: text.indexOf('fail') + 1, contextLine: text })
})

test('null sources keep line and column and have no name', async () => {
  const index = await open(encodeMap([[[0, 0, 6, 2]]], { sources: [null] }))
  expect(index.lookup({ line: 1, column: 1 })).toEqual({
    status: 'unresolved',
    reason: 'source-null',
    line: 7,
    column: 3,
  })
})

test('of several mappings at one position the last that has a source counts', async () => {
  const index = await open(encodeMap([[[3, 0, 1, 0], [3, 0, 2, 0], [3]]]))
  expect(index.locate({ line: 1, column: 4 })).toMatchObject({ line: 3 })
})

describe('range mappings', () => {
  const ranged = (rangeMappings: string) =>
    open(
      encodeMap(
        [
          [[2, 0, 10, 4], [20, 0, 30, 0], [30], [40, 0, 50, 7]],
          [],
          [
            [5, 0, 60, 1],
            [9, 0, 70, 0],
          ],
        ],
        { rangeMappings },
      ),
    )

  // Generated line and column, and the original ones, 1-based; undefined where nothing is mapped.
  test.each<[string, [number, number], [number, number] | undefined]>([
    // None: a position stands where its mapping does, and lines without mappings have none.
    ['', [1, 8], [11, 5]],
    ['', [2, 1], undefined],
    // The first of a line is number 0; it moves with the column, up to the next mapping.
    ['A', [1, 3], [11, 5]],
    ['A', [1, 8], [11, 10]],
    ['A', [1, 20], [11, 22]],
    ['A', [1, 26], [31, 1]],
    // Numbers are distances: 0 and 1, 1 alone, 0 and 3.
    ['AB', [1, 26], [31, 6]],
    ['B', [1, 8], [11, 5]],
    ['B', [1, 26], [31, 6]],
    ['AD', [1, 26], [31, 1]],
    ['AD', [1, 45], [51, 12]],
    // The last of a line goes on over line ends, where columns begin anew, until the next mapping.
    ['D', [2, 1], [52, 1]],
    ['D', [2, 90], [52, 90]],
    ['D', [3, 3], [53, 3]],
    ['D', [3, 6], [61, 2]],
    // One that maps to nothing stays so.
    ['C', [1, 35], undefined],
    // Each line has a list of its own.
    [';;B', [3, 12], [71, 3]],
    [';;B', [3, 7], [61, 2]],
    [';;A', [3, 7], [61, 3]],
    // Numbers may be longer than they need be, and point at nothing.
    ['ggA', [1, 8], [11, 10]],
    ['gB', [1, 26], [31, 1]],
  ])('%j: %j comes from %j', async (rangeMappings, [line, column], expected) => {
    const found = (await ranged(rangeMappings)).locate({ line, column })
    expect(found?.source === undefined || found.source === null ? undefined : [found.line, found.column]).toEqual(
      expected,
    )
  })
})

describe('maps come wrapped in many ways', () => {
  const json = simple()
  test.each([
    ['with a byte order mark', `\uFEFF${json}`],
    ['behind an anti-XSSI line', `)]}'\n${json}`],
    ['as a base64 data URL', `data:application/json;charset=utf-8;base64,${Buffer.from(json).toString('base64')}`],
    [
      'as a data URL of another charset parameter',
      `data:application/json;charset=UTF8;base64,${Buffer.from(json).toString('base64')}`,
    ],
    ['as a percent-encoded data URL', `data:application/json,${encodeURIComponent(json)}`],
  ])('%s', async (_name, wrapped) => {
    expect((await open(wrapped)).lookup({ line: 3, column: 1 })).toMatchObject({
      status: 'resolved',
      contextLine: 'four',
    })
  })

  test('a data URL that holds itself is no map', async () => {
    expect(await buildIndex('data:application/json,data:application/json,{}')).toMatchObject({ ok: false })
  })
})

describe('sections', () => {
  const part = (source: string) =>
    JSON.parse(encodeMap([[[0, 0, 0, 0]], [[0, 0, 1, 0]]], { sources: [source], sourcesContent: ['x\ny'] })) as unknown
  test('begin at their offsets, end where the next begins, and nest', async () => {
    const inner = {
      version: 3,
      sections: [
        { offset: { line: 0, column: 0 }, map: part('b.js') },
        { offset: { line: 1, column: 5 }, map: part('c.js') },
      ],
    }
    const index = await open(
      JSON.stringify({
        version: 3,
        sections: [
          { offset: { line: 0, column: 0 }, map: part('a.js') },
          { offset: { line: 1, column: 10 }, map: inner },
        ],
      }),
    )
    const source = (line: number, column: number) => index.locate({ line, column })?.source
    expect([
      source(1, 1),
      source(2, 1),
      source(2, 10),
      source(2, 11),
      source(3, 1),
      source(3, 6),
      source(4, 1),
    ]).toEqual(['a.js', 'a.js', 'a.js', 'b.js', 'b.js', 'c.js', 'c.js'])
  })

  test('with a URL are reported, the others read', async () => {
    const index = await open(
      JSON.stringify({
        version: 3,
        sections: [
          { offset: { line: 0, column: 0 }, map: part('a.js') },
          { offset: { line: 5, column: 0 }, url: 'other.map' },
        ],
      }),
    )
    expect(index.locate({ line: 1, column: 1 })).toMatchObject({ source: 'a.js' })
    expect(index.report.warnings.map(({ code }) => code)).toContain('section-url')
  })
})

describe('sources become paths of the project', () => {
  test.each([
    ['webpack:///./src/a.js', 'src/a.js'],
    ['webpack://shop/./src/a.js', 'src/a.js'],
    ['webpack://shop/src/App.vue?3c4f', 'src/App.vue'],
    ['webpack:///~/react/index.js', '~/react/index.js'],
    ['webpack-internal:///./src/a.js', 'src/a.js'],
    ['webpack-internal:///(app-pages-browser)/./src/a.js', 'src/a.js'],
    ['turbopack:///[project]/src/a.ts', 'src/a.ts'],
    ['../../src/a.ts', 'src/a.ts'],
    ['../../../node_modules/.pnpm/x@1/node_modules/x/i.js', 'node_modules/.pnpm/x@1/node_modules/x/i.js'],
    ['file:///home/ci/build/shop/src/a.ts', 'src/a.ts'],
    ['/home/ci/build/shop/src/a.ts', 'src/a.ts'],
    ['\u0000vite/preload-helper.js', 'vite/preload-helper.js'],
    ['src/./b/../a.js', 'src/a.js'],
    ['https://cdn.example/lib/x.js', 'https://cdn.example/lib/x.js'],
  ])('%s is %s', async (source, path) => {
    expect((await open(encodeMap([[[0, 0, 0, 0]]], { sources: [source] }))).report.sources[0]).toMatchObject({
      source,
      path,
    })
  })

  test('sourceRoot stands before them', async () => {
    const { report } = await open(encodeMap([[[0, 0, 0, 0]]], { sources: ['a.js'], sourceRoot: 'webpack:///src' }))
    expect(report.sources[0]).toMatchObject({ source: 'webpack:///src/a.js', path: 'src/a.js' })
  })
})

test('the ignore list, libraries and the bundler are not in-app', async () => {
  const sources = [
    'src/a.js',
    'src/generated.js',
    '../node_modules/react/index.js',
    'webpack/runtime/chunk loaded',
    '\u0000vite/preload-helper.js',
    '../node_modules/core-js/x.js',
  ]
  const index = await open(
    encodeMap([sources.map((_, i) => [i * 10, i, 0, 0] as [number, number, number, number])], {
      sources,
      x_google_ignoreList: [1],
    }),
  )
  const inApp = sources
    .map((_, i) => index.lookup({ line: 1, column: i * 10 + 1 }))
    .map((found) => found.status === 'resolved' && found.inApp)
  expect(inApp).toEqual([true, false, false, false, false, false])
})

test('a debug ID is read from either field, with or without dashes', async () => {
  const id = '135314c4-6741-53c7-be2b-cfd153074baf'
  expect((await open(simple({ debugId: id }))).report.debugId).toBe(id)
  expect((await open(simple({ debug_id: id.replaceAll('-', '').toUpperCase() }))).report.debugId).toBe(id)
})

test('tables of functions are kept by content, so that the next release reuses them', async () => {
  const kept = new Map<string, Uint8Array>()
  let hits = 0
  const scopes = {
    get: (key: string) => {
      const table = kept.get(key)
      if (table) hits++
      return table
    },
    put: (key: string, table: Uint8Array) => void kept.set(key, table),
  }
  const text = 'function work() { fail() }'
  const release = (name: string) => encodeMap([[[0, 0, 0, 18]]], { sources: [`${name}/a.js`], sourcesContent: [text] })
  await open(release('one'), { scopes })
  expect([kept.size, hits]).toEqual([1, 0])
  expect((await open(release('two'), { scopes })).lookup({ line: 1, column: 1 })).toMatchObject({ function: 'work' })
  expect([kept.size, hits]).toEqual([1, 1])
})

test('without the text of a source its functions are named from the script and the names of the map', async () => {
  const script = 'function a(){b()}'
  const map = encodeMap(
    [
      [
        [0, 0, 4, 0],
        [9, 0, 4, 9, 0],
        [13, 0, 5, 2, 1],
      ],
    ],
    { names: ['outer', 'callee'] },
  )
  expect((await open(map, { script })).lookup({ line: 1, column: 14 })).toMatchObject({
    function: 'outer',
    namedBy: 'script',
    line: 6,
  })
  expect((await open(map)).lookup({ line: 1, column: 14 })).toMatchObject({ function: undefined, namedBy: 'none' })
})

test('script blocks of Vue and Svelte components name their functions', async () => {
  const text =
    '<template><p/></template>\n<script setup lang="ts">\nconst save = (order: Order): void => {\n  fail(order)\n}\n</script>\n<style>p { color: red }</style>'
  const map = encodeMap([[[0, 0, 3, 2]]], { sources: ['src/Order.vue'], sourcesContent: [text] })
  expect((await open(map)).lookup({ line: 1, column: 1 })).toMatchObject({
    function: 'save',
    contextLine: '  fail(order)',
  })
})
