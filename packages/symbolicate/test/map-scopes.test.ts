// Functions that a map lists itself: the proposed member `scopes` and Bloomberg's older one.
import { describe, expect, test } from 'vitest'
import { bufferReader, buildIndex, openIndex } from '@foghorn/symbolicate'
import { encodeMap, randomNumbers } from './encode-map.ts'
import { open } from './open.ts'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const unsigned = (value: number): string =>
  value > 31 ? DIGITS[(value & 31) | 32]! + unsigned(value >>> 5) : DIGITS[value]!
const signed = (value: number): string => unsigned(value < 0 ? (-value << 1) | 1 : value << 1)

/** An item of `scopes`: numbers are unsigned, strings are signed ones. */
const item = (...numbers: (number | string)[]): string =>
  numbers.map((each) => (typeof each === 'string' ? signed(Number(each)) : unsigned(each))).join('')

const NAMES = ['work', 'global', 'function', 'inner', 'render']

// The whole file, in it `work` on lines 1 to 5 with `inner` on lines 2 to 4 and a block that is no function; then nothing
// for the second source; then `render`, whose lines begin anew while its name counts on from `inner`.
const SCOPES = [
  item(1, 2, 0, 0, '1'),
  item(1, 7, 1, 0, '0', '1'),
  item(1, 5, 1, 4, '3'),
  item(1, 0, 1, 0),
  item(2, 0, 9),
  item(2, 1, 3),
  item(2, 1, 1),
  item(2, 5, 0),
  '',
  item(1, 2, 0, 0, '-1'),
  item(1, 5, 7, 2, '1'),
  item(2, 2, 3),
  item(2, 9, 0),
].join(',')

/** The first 20 lines of each source, column 6, are lines of the script. */
const mapOf = (rest: Record<string, unknown>): string =>
  encodeMap(
    [0, 1, 2].flatMap((source) =>
      Array.from({ length: 20 }, (_, line) => [[0, source, line, 6] as [number, number, number, number]]),
    ),
    { sources: ['a.elm', 'b.elm', 'c.elm'], names: NAMES, ...rest },
  )

const functionsOf = async (map: string): Promise<(string | undefined)[][]> => {
  const index = await open(map)
  return [0, 1, 2].map((source) =>
    Array.from({ length: 10 }, (_, line) => {
      const found = index.lookup({ line: source * 20 + line + 1, column: 1 })
      return found.status === 'resolved' ? found.function : found.reason
    }),
  )
}

const none = Array.from({ length: 10 })
const EXPECTED = [
  [undefined, 'work', 'inner', 'inner', 'work', undefined, undefined, undefined, undefined, undefined],
  none,
  [undefined, undefined, undefined, undefined, undefined, undefined, undefined, 'render', 'render', undefined],
]

describe('the member "scopes"', () => {
  test('names the functions of sources without texts', async () => {
    expect(await functionsOf(mapOf({ scopes: SCOPES }))).toEqual(EXPECTED)
  })

  test('names those of texts that are no JavaScript, whose lines are shown', async () => {
    const text = 'let -> in |> of ?\n'.repeat(30)
    const map = mapOf({ scopes: SCOPES, sourcesContent: [text, text, text] })
    expect(await functionsOf(map)).toEqual(EXPECTED)
    const index = await open(map)
    expect(index.lookup({ line: 2, column: 1 })).toMatchObject({ function: 'work', contextLine: 'let -> in |> of ?' })
  })

  test('yields to a text that parses, which tells what engines print', async () => {
    const text = `\nconst own = () => {\n${'  step()\n'.repeat(8)}}\n`
    const map = mapOf({ scopes: SCOPES, sources: ['a.js', 'b.js', 'c.js'], sourcesContent: [text, text, text] })
    expect((await functionsOf(map))[0]!.slice(2, 5)).toEqual(['own', 'own', 'own'])
  })

  test('may hold items that nobody knows', async () => {
    const scopes = SCOPES.split(',').flatMap((each) => (each === '' ? [each] : [each, item(42, 7, 9)]))
    expect(await functionsOf(mapOf({ scopes: scopes.join(',') }))).toEqual(EXPECTED)
  })
})

test('the functions that Bloomberg’s tools list name those of sources without texts', async () => {
  const list = [
    ['0', '1', '0', '5', '1'],
    ['3', '1', '4', '-1', '2'],
  ]
  const first = list.map((numbers) => item(...numbers)).join(',')
  const map = mapOf({ x_com_bloomberg_sourcesFunctionMappings: [first, null, item('4', '7', '2', '9', '3')] })
  const [a, b, c] = await functionsOf(map)
  expect(a).toEqual(EXPECTED[0])
  expect(b).toEqual(none)
  expect(c).toEqual(EXPECTED[2])
})

test('lists that lie are read as far as they go, in bounded memory', async () => {
  const random = randomNumbers(3)
  const huge = item(1, 5, 0x7fffffff, 0, '0') + ',' + item(2, 0x7fffffff, 0x7fffffff)
  for (let round = 0; round < 500; round++) {
    const bytes = [...SCOPES]
    for (let edits = random(8); edits > 0; edits--) bytes[random(bytes.length)] = random(5) ? DIGITS[random(64)]! : ','
    const scopes = round % 10 === 0 ? `${huge},${huge}` : bytes.join('')
    const built = await buildIndex(mapOf({ scopes }))
    if (!built.ok) throw new Error(built.reason)
    const index = openIndex(bufferReader(built.index))!
    for (let line = 1; line < 60; line += 7)
      expect(index.lookup({ line, column: 1 })).toMatchObject({ status: 'resolved' })
  }
})
