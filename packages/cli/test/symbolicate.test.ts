// Runs the command as people do: `foghorn symbolicate`, with text on standard input or from a file.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { buildProgram, ORIGINAL_FRAMES, runProgram, temporaryFolder, type MinifiedFrame } from './program.ts'

const bin = fileURLToPath(new URL('../bin/foghorn.js', import.meta.url))

const run = (args: string[], input = ''): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, [bin, 'symbolicate', ...args], { input, encoding: 'utf8' })

interface Printed {
  exceptions: { type: string | null; value: string | null; frames: Record<string, unknown>[] }[]
}

const runJson = (args: string[], input: string): Printed['exceptions'] => {
  const { stdout, stderr } = run([...args, '--json'], input)
  expect(stderr).toBe('')
  return (JSON.parse(stdout) as Printed).exceptions
}

const chromiumText = (frames: readonly MinifiedFrame[], head = 'TypeError: no amount'): string =>
  [
    head,
    ...frames.map(({ function: name, lineno, colno }) => {
      const place = `https://shop.example/assets/app.js?v=3:${lineno}:${colno}`
      return name === undefined ? `    at ${place}` : `    at ${name} (${place})`
    }),
  ].join('\n')

const firefoxText = (frames: readonly MinifiedFrame[]): string =>
  frames.map(({ lineno, colno }) => `e@https://shop.example/assets/app.js:${lineno}:${colno}`).join('\n')

const places = (frames: readonly Record<string, unknown>[]): unknown[] =>
  frames.slice(0, 3).map((frame) => [String(frame['filename']).split('/').at(-1), frame['function'], frame['lineno']])

test('prints the original stack of a pasted one, whatever a log put around it', () => {
  const dist = buildProgram()
  const log = `2026-11-21 10:00:01 [web] error while paying\n${chromiumText(runProgram(dist))}\n2026-11-21 10:00:02 [web] next request`
  const [exception, ...others] = runJson(['--maps', dist], log)
  expect(others).toEqual([])
  expect(exception).toMatchObject({ type: 'TypeError', value: 'no amount' })
  expect(places(exception!.frames)).toEqual(ORIGINAL_FRAMES)
  expect(exception!.frames[0]).toMatchObject({
    contextLine: '  return item.amount * 100',
    inApp: true,
    resolution: { status: 'resolved' },
  })
})

test('reads every stack of a text, causes and other engines too, in its order', () => {
  const dist = buildProgram()
  const frames = runProgram(dist)
  const text = [
    chromiumText(frames, 'Error: outer'),
    chromiumText(frames.slice(1), 'Caused by: RangeError: inner'),
    '',
    'seen in Firefox:',
    firefoxText(frames),
  ].join('\n')
  const exceptions = runJson(['--maps', dist], text)
  expect(exceptions.map(({ type, value }) => [type, value])).toEqual([
    ['Error', 'outer'],
    ['RangeError', 'inner'],
    [null, 'seen in Firefox:'],
  ])
  expect(places(exceptions[1]!.frames)).toEqual([...ORIGINAL_FRAMES.slice(1), expect.anything()])
  expect(exceptions[2]!.frames[0]).toMatchObject({ function: 'priceOf', lineno: 2 })
})

test('takes the stack from a file, and one map whatever the script is called in the stack', () => {
  const dist = buildProgram()
  const folder = temporaryFolder()
  const file = join(folder, 'stack.txt')
  writeFileSync(file, chromiumText(runProgram(dist)).replaceAll('app.js', 'served-under-another-name.js'))
  const { stdout, status } = run(['--maps', join(dist, 'app.js.map'), file])
  expect(status).toBe(0)
  expect(stdout).toContain('at priceOf (')
  expect(stdout).toMatch(/> 2 \| {3}return item\.amount \* 100/)
})

test('finds maps by the comment of the script, by the debug ID and inside of the script', () => {
  const dist = buildProgram()
  const frames = runProgram(dist)
  const script = readFileSync(join(dist, 'app.js'), 'utf8')
  const map = readFileSync(join(dist, 'app.js.map'), 'utf8')
  mkdirSync(join(dist, 'maps'))
  renameSync(join(dist, 'app.js.map'), join(dist, 'maps/other.map'))
  const withComment = script.replace(/sourceMappingURL=.*/, 'sourceMappingURL=maps/other.map')
  const debugId = '135314c4-6741-53c7-be2b-cfd153074baf'
  const withDebugId = script.replace(/\/\/# sourceMappingURL=.*/, `//# debugId=${debugId}`)
  const inline = script.replace(
    /sourceMappingURL=.*/,
    `sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`,
  )
  for (const [content, mapContent] of [
    [withComment, map],
    [withDebugId, map.replace('{', `{"debugId":"${debugId}",`)],
    [inline, '{"version":3,"sources":[],"mappings":""}'],
  ] as const) {
    writeFileSync(join(dist, 'app.js'), content)
    writeFileSync(join(dist, 'maps/other.map'), mapContent)
    expect(places(runJson(['--maps', dist], chromiumText(frames))[0]!.frames)).toEqual(ORIGINAL_FRAMES)
  }
})

test('takes the copy whose path is most alike when two scripts have one name', () => {
  const dist = buildProgram('one')
  const folder = temporaryFolder()
  for (const [name, variant] of [
    ['assets', dist],
    ['admin', buildProgram('two')],
  ] as const) {
    mkdirSync(join(folder, name))
    for (const file of ['app.js', 'app.js.map']) renameSync(join(variant, file), join(folder, name, file))
  }
  const stackAt = (path: string): string => `Error: x\n    at r (https://shop.example${path}:1:33)`
  const [fitting] = runJson(['--maps', folder], stackAt('/static/admin/app.js'))
  expect(fitting!.frames[0]).toMatchObject({ resolution: { status: 'resolved' } })
  const [undecided] = runJson(['--maps', folder], stackAt('/app.js'))
  expect(undecided!.frames[0]).toMatchObject({
    resolution: { reason: 'ambiguous', detail: 'admin/app.js.map, assets/app.js.map' },
  })
})

test('says what is missing and what to do', () => {
  const dist = buildProgram()
  const empty = temporaryFolder()
  const stack = chromiumText(runProgram(dist))
  const noStack = run(['--maps', dist], 'all is well')
  expect([noStack.status, noStack.stderr]).toEqual([1, expect.stringContaining('No stack found')])
  const noMaps = run(['--maps', empty], stack)
  expect([noMaps.status, noMaps.stderr]).toEqual([1, expect.stringContaining(`No source maps in ${empty}`)])
  const noFolder = run(['--maps', join(empty, 'none')], stack)
  expect([noFolder.status, noFolder.stderr]).toEqual([1, expect.stringContaining('No such file or folder')])
  const noFile = run(['--maps', dist, join(empty, 'stack.txt')])
  expect([noFile.status, noFile.stderr]).toEqual([1, expect.stringContaining('No such file')])
})

test('keeps a frame that no map covers, and says why', () => {
  const dist = buildProgram()
  const text = `${chromiumText(runProgram(dist).slice(0, 1))}\n    at t (https://cdn.example/vendor.js:1:5)\n    at Array.map (<anonymous>)`
  const [, unknown, native] = runJson(['--maps', dist], text)[0]!.frames
  expect(unknown).toMatchObject({
    function: 't',
    lineno: 1,
    resolution: { status: 'unresolved', reason: 'no-artifact', advice: expect.stringMatching(/\w/) },
  })
  expect(native).toMatchObject({ function: 'Array.map', inApp: false, resolution: { reason: 'native' } })
  writeFileSync(join(dist, 'app.js.map'), '{"version":3,"sources":[]}')
  const broken = runJson(['--maps', dist], text)[0]!.frames[0]
  expect(broken).toMatchObject({
    resolution: { reason: 'map-invalid', detail: expect.stringContaining('"mappings" is missing') },
  })
})
