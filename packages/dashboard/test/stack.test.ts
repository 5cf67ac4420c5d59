import type { ExceptionValueJson, FrameJson } from '@foghorn/server'
import { describe, expect, test } from 'vitest'
import { firstOpenFrame, foldFrames, placeOf, stackText, thrownFirst } from '../src/issue/stack.ts'
import { summariseResolution } from '../src/issue/unresolved.ts'

const frame = (name: string, change: Partial<FrameJson> = {}): FrameJson => ({
  filename: 'src/cart.ts',
  absPath: null,
  module: null,
  function: name,
  lineNo: 12,
  colNo: 7,
  inApp: true,
  context: [],
  resolution: { status: 'resolved' },
  ...change,
})

const library = (name: string) => frame(name, { inApp: false, filename: 'node_modules/react-dom/client.js' })

const exception = (type: string, frames: FrameJson[], source?: string): ExceptionValueJson => ({
  type,
  value: `${type} happened`,
  module: null,
  mechanism: source === undefined ? null : { type: 'chained', source },
  stacktrace: { frames },
  rawStacktrace: null,
})

const shown = (frames: FrameJson[]) =>
  foldFrames(frames).map((run) => (run.kind === 'folded' ? `${run.frames.length} folded` : run.frame.function))

describe('the frames of a stack', () => {
  test('stand with the crash on top and runs of library frames folded', () => {
    const frames = [library('root'), library('dispatch'), frame('onClick'), library('map'), frame('total')]
    expect(shown(frames)).toEqual(['total', '1 folded', 'onClick', '2 folded'])
  })

  test('show where it crashed even inside a library', () => {
    expect(shown([frame('onClick'), library('map'), library('fail')])).toEqual(['fail', '1 folded', 'onClick'])
  })

  test('are all shown when none is of the app', () => {
    expect(shown([library('root'), library('fail')])).toEqual(['fail', 'root'])
  })

  test('open at the latest one of the app, else at the crash', () => {
    expect(firstOpenFrame([frame('onClick'), frame('total'), library('map')])?.function).toBe('total')
    expect(firstOpenFrame([library('root'), library('fail')])?.function).toBe('fail')
    expect(firstOpenFrame([])).toBeUndefined()
  })
})

test('a place names file, line and column as far as they are known', () => {
  expect(placeOf(frame('total'))).toBe('src/cart.ts:12:7')
  expect(placeOf(frame('reduce', { filename: null, lineNo: null, colNo: null }))).toBe('unknown file')
})

describe('the exceptions of an event', () => {
  const values = [
    exception('TypeError', [frame('read')], 'errors[0]'),
    exception('ParseError', [frame('parse')], 'cause'),
    exception('AggregateError', [frame('?'), frame('load')]),
  ]

  test('start with the one that was thrown', () => {
    expect(thrownFirst(values).map(({ exception, relation }) => [exception.type, relation])).toEqual([
      ['AggregateError', 'thrown'],
      ['ParseError', 'cause'],
      ['TypeError', 'member'],
    ])
  })

  test('are copied as text that other tools read', () => {
    expect(stackText(thrownFirst(values))).toBe(`AggregateError: AggregateError happened
    at load (src/cart.ts:12:7)
    at src/cart.ts:12:7
Caused by: ParseError: ParseError happened
    at parse (src/cart.ts:12:7)
Contains: TypeError: TypeError happened
    at read (src/cart.ts:12:7)`)
  })
})

test('what could not be resolved is summed up by reason, native code left out', () => {
  const upload = { script: '~/app.js', release: 'web@1', dist: null, debugId: null }
  const candidates = [{ ...upload, differsIn: 'release', wanted: 'web@2', has: 'web@1' }] as const
  const unresolved = (reason: string, advice: string, more = {}) =>
    frame('x', { resolution: { status: 'unresolved', reason, advice, ...more } })
  const frames = [
    frame('total'),
    unresolved('map-invalid', 'Build again.', { detail: 'app.js.map: not JSON' }),
    unresolved('no-artifact', 'Upload.', { candidates, detail: 'The nearest upload is of web@1.' }),
    unresolved('native', 'None.'),
    unresolved('no-artifact', 'Upload.', { candidates }),
  ]
  expect(summariseResolution([exception('Error', frames)])).toEqual({
    frames: 5,
    unresolved: 3,
    reasons: [
      {
        reason: 'no-artifact',
        advice: 'Upload.',
        frames: 2,
        findings: ['~/app.js is of release web@1, the event of web@2.'],
      },
      { reason: 'map-invalid', advice: 'Build again.', frames: 1, findings: ['app.js.map: not JSON'] },
    ],
  })
})
