// Stacks as browsers print them; the fixtures were captured in Chromium 156, Firefox 153 and WebKitGTK 2.50 without automation.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseComponentStack, parseStackText } from '@foghorn/symbolicate'

interface Captured {
  name: string
  message: string
  stack: string
}

const captured = (engine: string): [string, Captured][] =>
  Object.entries(
    JSON.parse(readFileSync(new URL(`fixtures/stacks-${engine}.json`, import.meta.url), 'utf8')) as Record<
      string,
      Captured
    >,
  )

const isFrameLine = (line: string): boolean =>
  /^\s+at /.test(line) || /@(https?:|blob:|data:|\[native|my-eval|$|<\?>)/.test(line)

for (const engine of ['chromium', 'firefox', 'webkit']) {
  test.each(captured(engine))(`every line of a stack from ${engine} is a frame: %s`, (situation, { stack }) => {
    // Messages may look like frames; they cannot be told apart without knowing the message.
    if (situation === 'multiline-message') return
    const expected = stack.split('\n').filter(isFrameLine)
    const parsed = parseStackText(stack)
    expect(parsed.flatMap(({ frames }) => frames)).toHaveLength(expected.length)
    for (const { frames } of parsed)
      for (const frame of frames)
        if (frame.filename?.startsWith('http') && !/wasm/.test(frame.filename)) expect(frame.lineno).toBeGreaterThan(0)
  })
}

test('names with a dot do not make a stack of Firefox or Safari one of Chromium', () => {
  const engineOf = (text: string) => parseStackText(text)[0]?.engine
  expect(engineOf('Error\n    at shop.open (https://x.example/a.js:1:2)')).toBe('v8')
  expect(engineOf('shop.open@https://x.example/a.js:1:2')).toBe('gecko-or-jsc')
  expect(engineOf('shop.open@https://x.example/a.js:1:2\nstringify@[native code]')).toBe('jsc')
})

test('types and messages are read, of several lines too', () => {
  const [first] = parseStackText('TypeError: one\ntwo\n    at f (https://x.example/a.js:1:2)')
  expect(first).toMatchObject({
    type: 'TypeError',
    value: 'one\ntwo',
    engine: 'v8',
    frames: [{ function: 'f', filename: 'https://x.example/a.js', lineno: 1, colno: 2 }],
  })
  expect(
    parseStackText('Uncaught (in promise) Timeout: no answer\n    at https://x.example/a.js:1:2')[0],
  ).toMatchObject({ type: 'Timeout', value: 'no answer', frames: [{ lineno: 1 }] })
})

test('logs around and between stacks are passed over', () => {
  const text = `12:00:01.123 ERROR [worker-3] Error: first
12:00:01.123 ERROR [worker-3]     at a (https://x.example/a.js:1:2)
12:00:01.123 ERROR [worker-3]     at new B (https://x.example/a.js:3:4)
12:00:02 INFO user clicked at the button
Caused by: RangeError: second
    at async c (https://x.example/a.js:5:6)
    ... 3 more
f@https://x.example/b.js:7:8
g/<@https://x.example/b.js:9:10`
  expect(
    parseStackText(text).map(({ type, value, frames, engine }) => [
      type,
      value,
      engine,
      frames.map((frame) => frame.function),
    ]),
  ).toEqual([
    ['Error', 'first', 'v8', ['a', 'new B']],
    ['RangeError', 'second', 'v8', ['async c']],
    [undefined, '... 3 more', 'gecko', ['f', 'g/<']],
  ])
})

test('Node prints a cause inside of the stack, with braces around', () => {
  const text = `Error: outer
    at f (file:///srv/a.js:1:2) {
  [cause]: TypeError: inner
      at g (file:///srv/a.js:3:4)
}`
  expect(parseStackText(text).map(({ type, frames }) => [type, frames[0]?.function, frames[0]?.lineno])).toEqual([
    ['Error', 'f', 1],
    ['TypeError', 'g', 3],
  ])
})

test.each([
  ['    at Object.a [as b] (https://x.example/a.js:1:2)', { function: 'Object.a [as b]', lineno: 1, colno: 2 }],
  ['    at async Promise.all (index 3)', { function: 'async Promise.all (index 3)' }],
  ['    at Array.map (<anonymous>)', { function: 'Array.map', filename: '<anonymous>' }],
  [
    '    at eval (eval at f (https://x.example/a.js:4:5), <anonymous>:1:2)',
    { function: 'eval', filename: 'https://x.example/a.js', lineno: 4, colno: 5 },
  ],
  ['    at f (https://x.example/(group)/page.js:1:2)', { filename: 'https://x.example/(group)/page.js', lineno: 1 }],
  ['@https://x.example/a.js:1:2', { filename: 'https://x.example/a.js', colno: 2 }],
  ['outer/obj.prop@https://x.example/a.js:1:2', { function: 'outer/obj.prop' }],
  ['f@https://x.example/@scope/pkg.js:1:2', { function: 'f', filename: 'https://x.example/@scope/pkg.js' }],
  ['f@https://x.example/a.js line 29 > eval:1:26', { filename: 'https://x.example/a.js', lineno: 29 }],
  ['global code@https://x.example/a.js:1:2', { function: 'global code' }],
  ['map@[native code]', { function: 'map', filename: '[native code]' }],
  ['async*f@https://x.example/a.js:1:2', { function: 'async*f' }],
])('%s', (line, frame) => {
  expect(parseStackText(line)[0]?.frames[0]).toMatchObject(frame)
})

test('prose with "at" and e-mail addresses is no stack', () => {
  expect(
    parseStackText('We met at noon (maybe 12:30).\nwrite to me@example.org\nmeet at https://example.org/'),
  ).toEqual([])
})

test('component stacks of React keep elements of the page as names', () => {
  const chromium =
    '\n    at Price (https://x.example/a.js:1:2)\n    at div\n    at Suspense\n    at App (https://x.example/a.js:3:4)'
  expect(parseComponentStack(chromium)).toEqual([
    { function: 'Price', filename: 'https://x.example/a.js', lineno: 1, colno: 2 },
    { function: 'div' },
    { function: 'Suspense' },
    { function: 'App', filename: 'https://x.example/a.js', lineno: 3, colno: 4 },
  ])
  expect(
    parseComponentStack('Price@https://x.example/a.js:1:2\ndiv\nApp@https://x.example/a.js:3:4').map(
      (frame) => frame.function,
    ),
  ).toEqual(['Price', 'div', 'App'])
  expect(parseComponentStack('\n    in Price (created by App)\n    in App').map((frame) => frame.function)).toEqual([
    'Price',
    'App',
  ])
})
