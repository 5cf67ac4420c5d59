// Maps that lie, claim too much or were damaged: a reason or a warning, in bounded time and memory, and never an exception.
import { encode } from '@jridgewell/sourcemap-codec'
import { describe, expect, test } from 'vitest'
import { bufferReader, buildIndex, openIndex } from '@foghorn/symbolicate'
import { createBuilder } from '@foghorn/symbolicate/worker'
import { encodeMap, randomNumbers } from './encode-map.ts'
import { open } from './open.ts'

const reasonOf = async (map: string | Uint8Array, limits = {}): Promise<string> => {
  const built = await buildIndex(map, { limits })
  return built.ok ? 'no reason: it was built' : built.reason
}

const map = (fields: Record<string, unknown>): string =>
  JSON.stringify({ version: 3, sources: ['a.js'], names: ['n'], mappings: 'AAAA', ...fields })

describe('a map that cannot be read gives a sentence that says what is wrong and where', () => {
  test.each([
    ['', 'The map is empty.'],
    ['<!doctype html><title>404</title>', 'This is an HTML page'],
    ['not json', 'expected an object (byte 0)'],
    ['{"version":3,"mappings":"AAAA"', 'expected a comma or the end of the object (byte 30)'],
    ['{"version":3,"sources":["a.js"],"mappings":"AAAA', 'the value is cut off (byte 43)'],
    ['[1,2]', 'expected an object'],
    [map({ mappings: 7 }), '"mappings" is missing or not a string'],
    [map({ sources: 'a.js' }), '"sources" is missing or not an array'],
    [map({ sections: 7 }), 'sections: expected an array'],
    [map({ sections: [{ map: {} }] }), 'no valid offset'],
    [map({ sections: [{ offset: { line: -1, column: 0 }, map: {} }] }), 'no valid offset'],
  ])('%j', async (text, sentence) => {
    expect(await reasonOf(text)).toContain(sentence)
  })

  test('sections nested without end', async () => {
    const nested = Array.from({ length: 40 }).reduce<unknown>(
      (inner) => ({ version: 3, sections: [{ offset: { line: 0, column: 0 }, map: inner }] }),
      {},
    )
    expect(await reasonOf(JSON.stringify(nested))).toContain('nested deeper than 16')
    const deep = `${'{"sections":[{"offset":{"line":0,"column":0},"map":'.repeat(100_000)}{}${'}]}'.repeat(100_000)}`
    expect(await reasonOf(deep)).toContain('nested deeper than 16')
  })

  test('more mappings, sources, names or bytes than the limits allow', async () => {
    expect(await reasonOf(map({ mappings: 'AAAA,'.repeat(5_000) }), { mappings: 1_000 })).toContain(
      'more than 1000 mappings',
    )
    expect(await reasonOf(map({ sources: Array.from({ length: 50 }, String) }), { sources: 10 })).toContain(
      'more than 10 sources',
    )
    expect(await reasonOf(map({ names: Array.from({ length: 50 }, String) }), { names: 10 })).toContain(
      'more than 10 names',
    )
    expect(await reasonOf(map({}), { bytes: 10 })).toContain('larger than 10 bytes')
  })
})

describe('a defect in one mapping leaves its neighbours alone', () => {
  // Fields are relative: the mapping behind takes back what the bad one added.
  const around = async (bad: string, next = 'UAAU') => {
    const index = await open(map({ mappings: `AAAA,${bad},${next};AAAA` }))
    expect(index.locate({ line: 1, column: 2 })).toMatchObject({ line: 1, column: 1 })
    expect(index.locate({ line: 2, column: 1 })).toMatchObject({ source: 'a.js' })
    return index.report.warnings.map((warning) => warning.code)
  }

  test.each([
    ['EA', 'bad-segments'],
    ['EAA', 'bad-segments'],
    ['EAAAAAA', 'bad-segments'],
    ['E!AA', 'bad-segments'],
    ['EAAg', 'bad-segments'],
    ['E//////////////B', 'bad-segments'],
    ['DAAA', 'negative-columns'],
    ['ECAA', 'source-range', 'UDAU'],
    ['EDAA', 'source-range', 'UCAU'],
    ['EADA', 'original-range', 'UACU'],
    ['EAAAC', 'name-range'],
  ])('%s is counted as %s', async (bad, code, next?: string) => {
    expect(await around(bad, next)).toContain(code)
  })

  test('numbers padded with zero digits are legal', async () => {
    expect(await around('EAAggggggggggggggA')).not.toContain('bad-segments')
  })

  test('mappings out of order are sorted within their line', async () => {
    const index = await open(
      map({
        mappings: encode([
          [
            [20, 0, 2, 0],
            [5, 0, 1, 0],
            [40, 0, 3, 0],
          ],
        ]),
      }),
    )
    expect([5, 6, 20, 39, 40].map((column) => index.locate({ line: 1, column: column + 1 })?.line)).toEqual([
      2, 2, 3, 3, 4,
    ])
    expect(index.report.warnings).toMatchObject([{ code: 'unsorted', count: 1 }, { code: 'no-contents' }])
  })
})

test('fields of wrong types are ignored with a warning', async () => {
  const { report } = await open(
    map({
      version: 2,
      file: 7,
      sourceRoot: {},
      names: 'n',
      sourcesContent: 'x',
      ignoreList: 'all',
      debugId: 5,
      mappings: 'AAAA',
    }),
  )
  expect(report.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['version', 'field-type']))
  const odd = await open(
    map({ sources: ['a.js', null, 7], sourcesContent: ['x', null], ignoreList: [0, -1, 99, 'x'], mappings: 'AAAA' }),
  )
  expect(odd.report.sources.map(({ source, ignored }) => [source, ignored])).toEqual([
    ['a.js', true],
    [null, false],
    [null, false],
  ])
})

test('on request a strict reader has its say', async () => {
  const bad = map({ mappings: 'AAAA,EA' })
  expect((await open(bad)).report.warnings.map(({ code }) => code)).not.toContain('strict')
  const { report } = await open(bad, { strict: true })
  expect(report.warnings).toContainEqual(
    expect.objectContaining({ code: 'strict', detail: expect.stringMatching(/\w/) }),
  )
  expect((await open(map({}), { strict: true })).report.warnings.map(({ code }) => code)).not.toContain('strict')
})

test('names of object prototypes are names like others', async () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
  const index = await open(
    `{"__proto__":{"x":1},"constructor":5,${encodeMap(
      [
        [
          [0, 0, 0, 0, 0],
          [5, 0, 0, 5, 1],
        ],
      ],
      { names, sources: ['__proto__'] },
    ).slice(1)}`,
  )
  expect(index.locate({ line: 1, column: 1 })).toMatchObject({ source: '__proto__', name: '__proto__' })
  expect(index.className('constructor')).toBeUndefined()
})

test('a huge name and a text of one line are cut to what a screen holds', async () => {
  const text = `${'x'.repeat(3_000_000)}\nthrow 1`
  const index = await open(
    encodeMap([[[0, 0, 0, 2_000_000, 0]]], { names: ['n'.repeat(5_000_000)], sourcesContent: [text] }),
  )
  const found = index.lookup({ line: 1, column: 1 })
  expect(found).toMatchObject({ status: 'resolved', column: 2_000_001 })
  expect(found.status === 'resolved' && found.contextLine!.length).toBeLessThan(170)
})

test('a source text that no parser survives costs its names, not the process', async () => {
  const builder = createBuilder({ timeoutMs: 30_000 })
  const hostile = encodeMap([[[0, 0, 0, 0]]], { sourcesContent: [`x=${'a=>'.repeat(300_000)}1`] })
  const built = await builder.build(Buffer.from(hostile))
  expect(built).toMatchObject({ ok: true, report: { warnings: [{ code: 'names-left-out' }] } })
  // The next map is built as if nothing had happened.
  expect(await builder.build(Buffer.from(map({ sourcesContent: ['f()'] })))).toMatchObject({ ok: true })
  builder.close()
})

test('a build that takes too long gives a reason', async () => {
  const builder = createBuilder({ timeoutMs: 1 })
  const result = await builder.build(Buffer.from(map({ mappings: 'AAAA,'.repeat(2_000_000) })))
  expect(result).toMatchObject({ ok: false, reason: expect.stringContaining('longer than 1 ms') })
  builder.close()
})

test('a build that is ended from outside says so: that is nothing against the map', async () => {
  const builder = createBuilder()
  const begun = [builder.build(Buffer.from(map({}))), builder.build(Buffer.from(map({})))]
  builder.close()
  const interrupted = { ok: false, interrupted: true, reason: expect.stringContaining('ended from outside') }
  expect(await Promise.all(begun)).toEqual([interrupted, interrupted])
})

test('damage anywhere in an index is noticed, and no byte of it makes a lookup throw', async () => {
  const built = await buildIndex(
    encodeMap(
      [
        [
          [0, 0, 0, 4, 0],
          [9, 0, 1, 0],
        ],
      ],
      { names: ['f'], sourcesContent: ['let a = 1\nfunction f() { g() }'] },
    ),
  )
  if (!built.ok) throw new Error(built.reason)
  const { index: file } = built
  const healthy = openIndex(bufferReader(file))!.lookup({ line: 1, column: 1 })
  for (let at = 0; at < file.length; at++) {
    const damaged = file.slice()
    damaged[at]! ^= 0xff
    const index = openIndex(bufferReader(damaged))
    if (!index) continue
    const found = index.lookup({ line: 1, column: 1 })
    if (!index.damaged) expect(found, `byte ${at} is not read by this lookup`).toEqual(healthy)
  }
  for (let length = 0; length < file.length; length++)
    expect(openIndex(bufferReader(file.slice(0, length)))).toBeUndefined()
})

test('random bytes and random edits of a good map never throw', async () => {
  const random = randomNumbers(7)
  const good = Buffer.from(
    encodeMap(
      [
        [
          [0, 0, 0, 0, 0],
          [7, 0, 2, 1],
        ],
        [[3, 0, 1, 1]],
      ],
      { names: ['n'], sourcesContent: ['a\nb\nc'], ignoreList: [0] },
    ),
  )
  for (let round = 0; round < 3_000; round++) {
    const bytes =
      round % 5 === 0 ? Buffer.from(Array.from({ length: random(200) }, () => random(256))) : Buffer.from(good)
    for (let edits = random(6); edits > 0 && bytes.length > 0; edits--) bytes[random(bytes.length)] = random(256)
    const built = await buildIndex(bytes)
    if (!built.ok) expect(built.reason).toMatch(/\.$/)
    else
      for (let column = 1; column < 12; column++)
        openIndex(bufferReader(built.index))!.lookup({ line: 1 + random(3), column })
  }
})
