// Frames of one stack: decorations of engines, what is not resolved and why, rules of the project.
import { expect, test } from 'vitest'
import { adviceFor, resolveFrames, type RawFrame } from '@foghorn/symbolicate'
import { encodeMap } from './encode-map.ts'
import { open } from './open.ts'

const TEXT = `class Widget {
  constructor() { fail() }
  get size() { return fail() }
  render() { fail() }
}
const later = async () => { await fail() }
const make = wrap(() => { fail() })
function Page() { useEffect(() => { fail() }); return <b onClick={() => fail()} /> }
fail()
async function load() { await fail() }
class Panel { ['on' + kind]() { fail() } }`
const LINES = TEXT.split('\n')

/** Generated line n stands for original line n, at its call. */
const index = await open(
  encodeMap(
    LINES.map((line, i) => [[0, 0, i, Math.max(0, line.indexOf('fail'))]]),
    { sources: ['../src/widget.tsx'], sourcesContent: [TEXT] },
  ),
)

const resolve = (frames: RawFrame[], engine?: 'v8' | 'gecko' | 'jsc') =>
  resolveFrames(
    frames.map((frame) => ({ filename: 'https://x.example/a.js', colno: 1, ...frame })),
    () => index,
    { engine },
  )

const names = (engine: 'v8' | 'gecko' | 'jsc', ...frames: [string | undefined, number][]) =>
  resolve(
    frames.map(([name, lineno]) => ({ function: name, lineno })),
    engine,
  ).map((frame) => frame.function)

test('each engine gets the name that it would print, with its own decorations', () => {
  expect(names('v8', ['new e', 2], ['get t', 3], ['e.n', 4], ['async r', 6], [undefined, 7], [undefined, 9])).toEqual([
    'new Widget',
    'get size',
    'Widget.render',
    'async later',
    undefined,
    undefined,
  ])
  expect(
    names('v8', ['Object.a [as onClick]', 6], ['HTMLButtonElement.a', 6], ['HTMLButtonElement.<anonymous>', 7]),
  ).toEqual(['Object.later [as onClick]', 'HTMLButtonElement.later', 'HTMLButtonElement.<anonymous>'])
  expect(names('gecko', ['e', 2], ['get t', 3], ['n', 4], ['async*r', 6], ['t<', 7])).toEqual([
    'Widget',
    'get size',
    'render',
    'async*later',
    'make<',
  ])
  expect(names('jsc', ['e', 2], ['t', 3], ['n', 4], ['', 7], ['global code', 9])).toEqual([
    'Widget',
    'size',
    'render',
    undefined,
    'global code',
  ])
})

test('what only the engine knows is taken from it', () => {
  // Safari names the bodies of async functions that are declared, not of those that are assigned.
  expect(names('jsc', [undefined, 6], [undefined, 10])).toEqual([undefined, 'load'])
  expect(names('gecko', ['onOpen', 11])).toEqual(['onOpen'])
})

test('an anonymous function says where it is and what it is for', () => {
  const [made, effect] = resolve([{ lineno: 7 }, { lineno: 8 }])
  expect(made).toMatchObject({ resolution: { role: 'make (wrap)', namedBy: 'source' } })
  expect(effect).toMatchObject({ resolution: { within: 'Page', role: 'useEffect callback' } })
})

test('the name for people and for grouping is the same whatever the engine', () => {
  const canonical = (['v8', 'gecko', 'jsc'] as const).map(
    (engine) => resolve([{ function: 'n', lineno: 4 }], engine)[0]!.resolution,
  )
  for (const resolution of canonical)
    expect(resolution).toMatchObject({ name: 'Widget.render', kind: 'method', className: 'Widget' })
})

test('a frame that cannot be resolved stays as it was and says why', () => {
  const frames: [RawFrame, string][] = [
    [{ filename: '<anonymous>', function: 'Array.map', lineno: undefined, colno: undefined }, 'native'],
    [{ filename: '[native code]', function: 'map' }, 'native'],
    [{ filename: 'chrome-extension://abc/x.js', lineno: 1 }, 'extension'],
    [{ filename: 'webkit-masked-url://hidden/', lineno: 1 }, 'extension'],
    [{ lineno: 0 }, 'no-line'],
    [{ lineno: 99 }, 'position-outside'],
  ]
  for (const [frame, reason] of frames) {
    const [resolved] = resolve([frame])
    expect(resolved).toMatchObject({
      ...(frame.function ? { function: frame.function } : {}),
      resolution: { status: 'unresolved', reason, advice: adviceFor(reason as 'native') },
    })
  }
  expect(resolve([{ filename: 'chrome-extension://abc/x.js', lineno: 1, inApp: true }])[0]!.inApp).toBe(false)
  expect(resolve([{ lineno: 99, inApp: true }])[0]!.inApp).toBe(true)
})

test('a project decides about in-app for itself', () => {
  const rule = (path: string) => (path.startsWith('src/') ? false : undefined)
  const [resolved] = resolveFrames([{ filename: 'a.js', lineno: 4, colno: 1 }], () => index, { inApp: rule })
  expect(resolved).toMatchObject({ filename: 'src/widget.tsx', absPath: '../src/widget.tsx', inApp: false })
})
