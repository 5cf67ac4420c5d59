import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, findFirefox, findWebKit, type BrowserChoice, type BrowserPage } from './browsers.ts'
import {
  actualFrames,
  compareStacks,
  emptyComparison,
  expectedFrames,
  openMaps,
  type CaseResult,
  type Comparison,
  type MapVariant,
} from './differential/compare.ts'
import {
  isInheritedMethod,
  KNOWN_COLUMNS,
  KNOWN_ELSEWHERE,
  KNOWN_NAMES,
  KNOWN_NAMES_ELSEWHERE,
  unexplained,
} from './differential/known.ts'
import { startProgram, type Program } from './differential/program.ts'

const isLong = process.env['FOGHORN_LONG'] === '1'

/** One pipeline for each bundler and minifier; the long run has them all. */
const USUAL = new Set(['vite', 'rollup + terser', 'webpack + terser', 'esbuild, classic'])
const FEW = new Set(['vite', 'rollup + terser'])

let program: Program

beforeAll(async () => {
  program = await startProgram(({ name }) => isLong || USUAL.has(name))
}, 300_000)

afterAll(() => program.close())

const compare = async (
  build: Program['builds'][number],
  stacks: { written: CaseResult[]; minified: CaseResult[] },
  variant: MapVariant,
): Promise<Comparison> => {
  const maps = await openMaps(build.folder, build.files, variant)
  const comparison = emptyComparison(build.bundler.name)
  for (const { name, stack, cause } of stacks.minified) {
    const written = stacks.written.find((result) => result.name === name)
    expect(written?.stack, `${name} throws in both forms`).toBeDefined()
    compareStacks(
      name,
      expectedFrames(written!.stack!, program.transformed),
      actualFrames(stack ?? '', maps),
      comparison,
    )
    // WebDriver knows no undefined.
    if (cause && written?.cause) {
      compareStacks(name, expectedFrames(written.cause, program.transformed), actualFrames(cause, maps), comparison)
    }
  }
  return comparison
}

const share = (part: readonly unknown[], { frames }: Comparison): number => 1 - part.length / frames

/** Share of the frames of all pipelines that have the name of the program as written. */
const rightNames = (all: readonly Comparison[]): number => {
  const sum = (count: (comparison: Comparison) => number): number =>
    all.reduce((total, comparison) => total + count(comparison), 0)
  return 1 - sum(({ names }) => names.length) / sum(({ frames }) => frames)
}

const engines: [string, BrowserChoice][] = [
  ['Chromium', findChromium()],
  ['Firefox', findFirefox()],
  ['WebKit', findWebKit()],
]

for (const [engine, choice] of engines) {
  const isRequired = engine === 'Chromium'
  const missing = 'missing' in choice ? choice.missing : undefined
  if (missing !== undefined && !isRequired) {
    test.skip(`${engine}: ${missing}`, () => {})
    continue
  }

  describe(`minified stacks in ${engine}, symbolicated,`, () => {
    let page: BrowserPage
    let written: CaseResult[]
    const minified = new Map<string, CaseResult[]>()

    beforeAll(async () => {
      if ('missing' in choice) throw new Error(choice.missing)
      page = await choice.start()
      written = (await page.runCases(program.sourceUrl)) as CaseResult[]
      for (const { bundler, url } of program.builds) {
        if (isLong || isRequired || FEW.has(bundler.name))
          minified.set(bundler.name, (await page.runCases(url)) as CaseResult[])
      }
    }, 300_000)

    afterAll(() => page.close())

    const compareAll = async (variant: MapVariant): Promise<Comparison[]> => {
      const builds = program.builds.filter(({ bundler }) => minified.has(bundler.name))
      return Promise.all(
        builds.map((build) => compare(build, { written, minified: minified.get(build.bundler.name)! }, variant)),
      )
    }

    if (isRequired) chromiumTests(compareAll)
    else otherTests(compareAll)
  })
}

type CompareAll = (variant: MapVariant) => Promise<Comparison[]>

function chromiumTests(compareAll: CompareAll): void {
  test('stand at the file, line and column of the program as written', async () => {
    for (const comparison of await compareAll({})) {
      const { build, frames, lines, inlined } = comparison
      expect(frames, build).toBeGreaterThan(480)
      expect(lines, build).toEqual([])
      expect(unexplained(comparison, 'columns', KNOWN_COLUMNS), build).toEqual([])
      // What minifiers merged into callers cannot come back; the rest of the stack must.
      expect(inlined.length, build).toBeLessThan(frames * 0.06)
    }
  })

  test.each([{}, { stripNames: true }])(
    'have the function names of the program as written: %o of the map',
    async (variant) => {
      const all = await compareAll({ ...variant, script: true })
      for (const comparison of all) expect(unexplained(comparison, 'names', KNOWN_NAMES), comparison.build).toEqual([])
      expect(rightNames(all)).toBeGreaterThanOrEqual(0.99)
    },
  )

  test('need neither the script nor the names of the map, but for the subclass of a receiver', async () => {
    for (const comparison of await compareAll({ stripNames: true })) {
      const names = unexplained(comparison, 'names', KNOWN_NAMES)
      expect(
        names.filter((difference) => !isInheritedMethod(difference)),
        comparison.build,
      ).toEqual([])
    }
  })
}

/** Firefox and Safari print another token of a call depending on its surroundings, and minifiers change these: columns only count. */
function otherTests(compareAll: CompareAll): void {
  test.each([{}, { stripNames: true }])(
    'stand at the file and line of the program as written, with its function names: %o of the map',
    async (variant) => {
      const all = await compareAll(variant)
      for (const comparison of all) {
        const { build, frames, columns } = comparison
        expect(frames, build).toBeGreaterThan(480)
        expect(unexplained(comparison, 'lines', KNOWN_ELSEWHERE), build).toEqual([])
        expect(unexplained(comparison, 'names', KNOWN_NAMES_ELSEWHERE), build).toEqual([])
        expect(share(columns, comparison), build).toBeGreaterThan(0.85)
      }
      expect(rightNames(all)).toBeGreaterThanOrEqual(0.99)
    },
  )
}
