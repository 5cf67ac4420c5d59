import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { uploadFolder } from '@foghorn/artifacts'
import { buildIndex } from '@foghorn/symbolicate'
import { expect, test } from 'vitest'
import { buildProgram, temporaryFolder } from './program.ts'

/** Random numbers that are the same in every run. */
const randomFrom = (seed: number) => {
  let state = seed
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  return { below, oneOf: <Value>(values: readonly Value[]): Value => values[below(values.length)]! }
}

const MEMBERS = [
  'version',
  'file',
  'sourceRoot',
  'sources',
  'sourcesContent',
  'names',
  'mappings',
  'ignoreList',
  'sections',
]
const VALUES = [null, 7, -1, '', 'x', [], {}, [null], [7], [[]], [{}], true]

/** Maps that are spoilt in one place each: a member, a character, or the end. */
const spoil = (map: string, seed: number): string => {
  const random = randomFrom(seed)
  const at = random.below(map.length)
  return random.oneOf([
    () => JSON.stringify({ ...JSON.parse(map), [random.oneOf(MEMBERS)]: random.oneOf(VALUES) }),
    () =>
      JSON.stringify({
        version: 3,
        sections: [
          { offset: { line: random.below(3) - 1, column: 0 }, map: random.oneOf([JSON.parse(map), ...VALUES]) },
        ],
      }),
    () => map.slice(0, at) + random.oneOf([...'AZz9+/,;"{}[]\\é\0']) + map.slice(at + 1),
    () => map.slice(0, at),
  ])()
}

const MAPS = 500

test('whatever map an upload takes, the service can read', async () => {
  const program = buildProgram('indexable')
  const [code, map] = ['app.js', 'app.js.map'].map((name) => readFileSync(join(program, name), 'utf8')) as [
    string,
    string,
  ]
  const folder = temporaryFolder()
  const maps = Array.from({ length: MAPS }, (_, seed) => spoil(map, seed))
  for (const [number, text] of maps.entries()) {
    writeFileSync(join(folder, `${number}.js`), code.replace('app.js.map', `${number}.js.map`))
    writeFileSync(join(folder, `${number}.js.map`), text)
  }
  const address = { url: 'http://127.0.0.1:1', authToken: 'none', org: 'acme', projects: ['shop'] }
  const { scripts } = await uploadFolder({ ...address, folder, release: 'web@1', dryRun: true })
  const taken = scripts.filter(({ status }) => status === 'included').map(({ script }) => parseInt(script))
  expect([taken.length > MAPS / 10, taken.length < MAPS * 0.9]).toEqual([true, true])
  const unreadable = []
  for (const number of taken) {
    const built = await buildIndex(maps[number]!)
    if (!built.ok) unreadable.push(`${number}: ${built.reason}`)
  }
  expect(unreadable).toEqual([])
})
