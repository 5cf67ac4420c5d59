// Indexes of many pages: whatever the shape of texts and functions, an answer is the same as if there were one page.
import { describe, expect, test } from 'vitest'
import { bufferReader, buildIndex, IndexCache, openIndex, type IndexReader, type MapIndex } from '@foghorn/symbolicate'
import { encodeMap, randomNumbers } from './encode-map.ts'

const built = async (map: string): Promise<Uint8Array> => {
  const result = await buildIndex(map)
  if (!result.ok) throw new Error(result.reason)
  return result.index
}

const openWith = (index: Uint8Array, bytes: number): MapIndex => openIndex(bufferReader(index), new IndexCache(bytes))!

/** Room for everything, and for hardly more than one lookup needs. */
const CACHES = [16 * 1024 * 1024, 64 * 1024]

const ENDS = ['\n', '\r\n', '\r']
const WORDS = ['x', 'émigré', '😀', '日本語', 'return value', '', '\t']

const randomText = (random: (below: number) => number): string =>
  Array.from({ length: random(250) }, () => {
    const words = Array.from({ length: random(12) === 0 ? random(3_000) : random(20) }, () => WORDS[random(7)]!)
    return words.join(' ') + ENDS[random(3)]!
  }).join('')

test('lines of code are those of the text, whatever its line ends, lengths and characters', async () => {
  for (let seed = 1; seed <= 3; seed++) {
    const random = randomNumbers(seed)
    const texts = Array.from({ length: 4 }, () => randomText(random))
    const lines = texts.map((text) => text.split(/\r\n|\n|\r/))
    const places = lines.flatMap((each, source) =>
      each.map((line, number) => [source, number, random(line.length + 1)] as const),
    )
    const mappings = places.map(([source, line, column]) => [
      [0, source, line, column] as [number, number, number, number],
    ])
    const sources = texts.map((_, number) => `${number}.txt`)
    const index = await built(encodeMap(mappings, { sources, sourcesContent: texts }))
    for (const cache of CACHES) {
      const opened = openWith(index, cache)
      for (const [number, [source, line, column]] of places.entries()) {
        const found = opened.lookup({ line: number + 1, column: 1 })
        if (found.status !== 'resolved') throw new Error(found.reason)
        const shown = [...found.preContext, found.contextLine!, ...found.postContext]
        const first = Math.max(0, line - 5)
        expect(shown).toHaveLength(Math.min(lines[source]!.length, line + 6) - first)
        for (const [i, part] of shown.entries())
          expectPart(part, lines[source]![first + i]!, first + i === line ? column : 0)
      }
    }
  }
})

/** A short line as it is; of a long one the stretch around the column. */
const expectPart = (shown: string, line: string, column: number): void => {
  const part = shown.replace(/^\{snip\} | \{snip\}$/g, '')
  if (line.length <= 140) return expect(shown).toBe(line)
  expect(part).toHaveLength(140)
  const start = line.indexOf(part, Math.max(0, column - 140))
  expect(start).toBeGreaterThanOrEqual(0)
  expect(start).toBeLessThanOrEqual(column)
}

test('positions are found wherever they stand, with names and sources or without', async () => {
  const random = randomNumbers(5)
  // Columns of one page that are near each other, and so far apart that line and column take more than four bytes.
  for (const reach of [0, 20, 5_000, 0x3fffffff]) {
    const lines = Array.from({ length: 2_000 }, (_, line) => {
      const columns = new Set(Array.from({ length: random(4) }, () => random(reach + 1)))
      const segments = [...columns].toSorted((a, b) => a - b).map((column, i) => [column, 0, line, i] as const)
      // Whole pages without a name, and some with names in places.
      return segments.map((each) => (line > 1_500 && random(2) === 0 ? ([...each, 0] as const) : each))
    })
    const opened = openWith(
      await built(encodeMap(lines as unknown as [number, number, number, number][][], { names: ['named'] })),
      CACHES[1]!,
    )
    for (const [line, segments] of lines.entries()) {
      for (const [i, [column, , , , name]] of segments.entries()) {
        const found = { source: 'src/a.js', line: line + 1, column: i + 1, name: name === 0 ? 'named' : undefined }
        const next = segments[i + 1]?.[0] ?? 0x7ffffffe
        expect(opened.locate({ line: line + 1, column: column + 1 })).toEqual(found)
        expect(opened.locate({ line: line + 1, column: next })).toEqual(found)
      }
      const first = segments[0]?.[0] ?? 0
      if (first > 0) expect(opened.locate({ line: line + 1, column: first })).toBeUndefined()
    }
  }
})

test('what is asked for again and again is answered as the first time, whichever index it is asked of', async () => {
  const cache = new IndexCache(CACHES[1]!)
  const shifted = async (by: number): Promise<MapIndex> => {
    const lines = Array.from({ length: 300 }, (_, line) =>
      Array.from({ length: 100 }, (_, i) => [i * 3, 0, line + by, i + by] as [number, number, number, number]),
    )
    return openIndex(bufferReader(await built(encodeMap(lines))), cache)!
  }
  const indexes = [await shifted(0), await shifted(7)]
  const random = randomNumbers(3)
  const asked = Array.from({ length: 20_000 }, () => ({ line: random(300), column: random(300) }))
  // More places than are remembered, so that they take each other's.
  for (const { line, column } of [...asked, ...asked, ...asked])
    for (const [i, by] of [0, 7].entries()) {
      const found = {
        source: 'src/a.js',
        line: line + by + 1,
        column: Math.floor(column / 3) + by + 1,
        name: undefined,
      }
      const again = indexes[i]!.locate({ line: line + 1, column: column + 1 })
      if (again?.line !== found.line || again.column !== found.column) expect(again).toEqual(found)
    }
})

/** Functions in functions, each with a call on a line of its own. */
const nested = (depth: number, path: string): string[] =>
  Array.from({ length: depth > 0 ? 3 : 0 }, (_, i) => `${path}${i}`).flatMap((name) => [
    `function ${name}() {`,
    `  call_${name}()`,
    ...nested(depth - 1, name),
    '}',
  ])

test('functions are found across pages, with the ones around them', async () => {
  const text = ['const whole = () => {', ...nested(6, 'f'), '  after()', '}']
  const calls = text.flatMap((line, number) => (/call_|after/.test(line) ? [number] : []))
  const mappings = calls.map((line) => [[0, 0, line, 2] as [number, number, number, number]])
  const index = await built(encodeMap(mappings, { sourcesContent: [text.join('\n')] }))
  for (const cache of CACHES) {
    const opened = openWith(index, cache)
    const names = calls.map((_, number) => {
      const found = opened.lookup({ line: number + 1, column: 1 })
      return found.status === 'resolved' ? found.function : found.reason
    })
    expect(names).toEqual(calls.map((line) => /call_(\w+)/.exec(text[line]!)?.[1] ?? 'whole'))
  }
})

describe('an index of many pages that was damaged', async () => {
  const random = randomNumbers(11)
  const text = nested(5, 'g').join('\n')
  const count = text.split('\n').length
  const names = Array.from({ length: 3_000 }, (_, i) => `name${i}`)
  const mappings = Array.from({ length: 40 }, () =>
    Array.from(
      { length: 300 },
      (_, i) => [i * 5, random(3), random(count), random(4), random(3_000)] as [number, number, number, number, number],
    ),
  )
  const sources = ['a.js', 'b.js', 'c.js']
  const index = await built(encodeMap(mappings, { sources, names, sourcesContent: [text, text, `${text}\n// other`] }))
  const positions = Array.from({ length: 40 }, () => ({ line: 1 + random(40), column: 1 + random(1_500) }))
  const answers = (opened: MapIndex) => positions.map((each) => [opened.lookup(each), opened.locate(each)])
  const healthy = answers(openWith(index, CACHES[0]!))

  test('never gives a wrong answer without saying so', () => {
    let noticed = 0
    for (let round = 0; round < 400; round++) {
      const bytes = index.slice()
      bytes[random(bytes.length)]! ^= 1 << random(8)
      const opened = openIndex(bufferReader(bytes), new IndexCache(CACHES[1]!))
      const found = opened && answers(opened)
      if (!opened || opened.damaged) noticed++
      else expect(found).toEqual(healthy)
    }
    expect(noticed).toBeGreaterThan(200)
  })

  test('or cut off is not opened, and one that shrinks while it is open is noticed', () => {
    for (const length of [0, 50, 96, 1_000, index.length - 1]) {
      expect(openIndex(bufferReader(index.slice(0, length)))).toBeUndefined()
    }
    let end = index.length
    const shrinking: IndexReader = {
      size: index.length,
      readInto: (into, offset, length) => {
        const part = index.subarray(offset, Math.min(end, offset + length))
        into.set(part)
        return part.length
      },
    }
    const opened = openIndex(shrinking, new IndexCache(CACHES[1]!))!
    end = 200
    expect(answers(opened)[0]).toEqual([{ status: 'unresolved', reason: 'index-damaged' }, undefined])
    expect(opened.damaged).toBe(true)
  })
})
