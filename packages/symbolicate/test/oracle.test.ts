// The same positions asked of this engine, of `source-map` and of trace-mapping, on maps of real packages and random ones.
import { existsSync, readFileSync } from 'node:fs'
import { decode } from '@jridgewell/sourcemap-codec'
import { FlattenMap, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { SourceMapConsumer } from 'source-map'
import { expect, test } from 'vitest'
import { encodeMap, randomNumbers } from './encode-map.ts'
import { open } from './open.ts'

const POSITIONS = 4_000

/** Tools: tsc, rollup, terser, esbuild, rolldown, webpack and webpack's minifier, Babel. The large ones are in bench/maps. */
const MAPS = [
  '@sentry/conventions/dist/attributes.cjs.map',
  '@sentry/replay/build/npm/esm/index.js.map',
  'web-vitals/dist/web-vitals.attribution.iife.js.map',
  'magic-string/dist/magic-string.umd.js.map',
  '@xtuc/long/dist/long.js.map',
  '@tanstack/router-core/dist/esm/router.js.map',
]

const modules = new URL('../../../node_modules/', import.meta.url)

interface Position {
  line: number
  column: number
}

/** Starts of mappings, places right before and behind, and places anywhere; 1-based lines, 0-based columns. */
const positions = (mappings: string): Position[] => {
  const lines = decode(mappings)
  const random = randomNumbers(lines.length)
  const filled = lines.flatMap((segments, line) => (segments.length > 0 ? [line] : []))
  return Array.from({ length: POSITIONS }, (_, i) => {
    const line = i % 50 === 0 ? random(lines.length + 2) : filled[random(filled.length)]!
    const segments = lines[line] ?? []
    const near = segments.length > 0 ? segments[random(segments.length)]![0] : 0
    const column = i % 4 === 3 ? random((segments.at(-1)?.[0] ?? 0) + 20) : Math.max(0, near + (i % 3) - 1)
    return { line: line + 1, column }
  })
}

const plain = ({
  source,
  line,
  column,
  name,
}: {
  source: string | null
  line: number | null
  column: number | null
  name: string | null
}) => (source === null || line === null ? null : { source, line, column, name: name ?? null })

const ours = (index: Awaited<ReturnType<typeof open>>, { line, column }: Position) => {
  const found = index.locate({ line, column: column + 1 })
  return found && found.source !== null
    ? { source: found.source, line: found.line, column: found.column - 1, name: found.name ?? null }
    : null
}

const compareWithOracles = async (map: string): Promise<number> => {
  const index = await open(map, { functionNames: false })
  const parsed = JSON.parse(map) as { mappings: string }
  const trace = new TraceMap(map)
  const answers = await SourceMapConsumer.with(map, null, (consumer) =>
    positions(parsed.mappings).map((position) => {
      const ofTrace = plain(originalPositionFor(trace, position))
      const ofSourceMap = plain(consumer.originalPositionFor(position))
      return { position, ours: ours(index, position), ofTrace, ofSourceMap }
    }),
  )
  // `source-map` normalises sources ("a/../b") and both give resolved URLs; positions and names are what is compared.
  const bare = (answer: ReturnType<typeof plain>) =>
    answer && { ...answer, source: decodeURI(answer.source).split('/').at(-1) }
  const differing = answers.filter((answer) => {
    const [own, ...others] = [answer.ours, answer.ofTrace, answer.ofSourceMap].map((each) => JSON.stringify(bare(each)))
    return others.some((other) => other !== own)
  })
  expect(differing).toEqual([])
  return answers.filter((answer) => answer.ours !== null).length
}

for (const name of MAPS) {
  test(`agrees with source-map and trace-mapping on ${name}`, async () => {
    expect(await compareWithOracles(readFileSync(new URL(name, modules), 'utf8'))).toBeGreaterThan(POSITIONS / 2)
  })
}

/** Up to 22 MB; `npm run bench -- symbolicate` installs them. */
const LARGE_MAPS = [
  'bootstrap/dist/js/bootstrap.bundle.min.js.map',
  'hls.js/dist/hls.min.js.map',
  'antd/dist/antd.min.js.map',
  'monaco-editor/min-maps/vs/editor/editor.main.js.map',
  '@tensorflow/tfjs/dist/tf.min.js.map',
  'mermaid/dist/mermaid.min.js.map',
  '@babel/standalone/babel.js.map',
]
const largeModules = new URL('../../../bench/maps/node_modules/', import.meta.url)
const skipsLarge = process.env['FOGHORN_LONG'] !== '1' || !existsSync(largeModules)

for (const name of LARGE_MAPS) {
  test.skipIf(skipsLarge)(
    `agrees with them on ${name} (long run, with the maps of the bench)`,
    async () => {
      expect(await compareWithOracles(readFileSync(new URL(name, largeModules), 'utf8'))).toBeGreaterThan(POSITIONS / 2)
    },
    120_000,
  )
}

test('agrees with them on random maps, names and unmapped segments included', async () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = randomNumbers(seed)
    const sources = Array.from({ length: 1 + random(5) }, (_, i) => `src/${i}.js`)
    const names = Array.from({ length: 1 + random(400) }, (_, i) => `name${i}`)
    const lines = Array.from({ length: 1 + random(30) }, () => {
      let column = 0
      return Array.from({ length: random(200) }, () => {
        column += 1 + random(random(2) === 0 ? 4 : 300)
        if (random(12) === 0) return [column] as [number]
        const original = [column, random(sources.length), random(5_000), random(400)] as [
          number,
          number,
          number,
          number,
        ]
        return random(2) === 0
          ? original
          : ([...original, random(names.length)] as [number, number, number, number, number])
      })
    })
    if (lines.every((line) => line.length === 0)) continue
    await compareWithOracles(encodeMap(lines, { sources, names }))
  }
})

test('agrees with them on sectioned maps', async () => {
  const section = (seed: number, offset: { line: number; column: number }) => {
    const random = randomNumbers(seed)
    let column = 0
    const lines = [0, 1, 2].map(
      () => (
        (column = 0),
        Array.from(
          { length: 20 },
          () =>
            [(column += 1 + random(9)), 0, random(90), random(90), random(3)] as [
              number,
              number,
              number,
              number,
              number,
            ],
        )
      ),
    )
    return {
      offset,
      map: JSON.parse(encodeMap(lines, { sources: [`s${seed}.js`], names: ['a', 'b', 'c'] })) as unknown,
    }
  }
  const map = JSON.stringify({
    version: 3,
    sections: [
      section(1, { line: 0, column: 0 }),
      section(2, { line: 2, column: 400 }),
      section(3, { line: 9, column: 7 }),
    ],
  })
  const index = await open(map)
  const trace = new FlattenMap(map)
  for (let line = 1; line < 14; line++) {
    for (let column = 0; column < 500; column += 3) {
      // Between the offset of a section and its first mapping trace-mapping gives the mapping on the left, which belongs to
      // the section before; ECMA-426 ("Index source map") lets a section begin at its offset.
      const atStart = (line === 3 && column >= 400) || (line === 10 && column >= 7)
      const expected = plain(originalPositionFor(trace, { line, column }))
      const actual = ours(index, { line, column })
      if (!atStart || actual !== null) expect(actual, `${line}:${column}`).toEqual(expected)
    }
  }
})
