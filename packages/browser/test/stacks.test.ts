import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseStack } from '../src/enrich/stack.ts'

interface Thrown {
  message?: string
  stack?: string
  errors?: Thrown[]
  cause?: Thrown
}
interface Seen {
  error?: Thrown | null
  data?: Thrown
}

const engines = ['chromium', 'firefox', 'webkit'] as const
const fixture = (engine: string): Record<string, Seen[]> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `fixtures/stacks-${engine}.json`), 'utf8')).cases

const withStacks = (thrown: Thrown | null | undefined): Thrown[] =>
  thrown
    ? [...(thrown.stack ? [thrown] : []), ...withStacks(thrown.cause), ...(thrown.errors ?? []).flatMap(withStacks)]
    : []

const show = (stack: string, message?: string): string[] =>
  parseStack(stack, message)
    .toReversed()
    .map(({ function: name, filename, lineno, colno, in_app }) =>
      [
        in_app ? '' : '(not ours) ',
        name,
        ' @ ',
        filename?.replace(/(127\.0\.0\.1|localhost):\d+/, 'site'),
        lineno && `:${lineno}`,
        colno && `:${colno}`,
      ].join(''),
    )

describe.each(engines)('stacks of %s', (engine) => {
  test.each(Object.entries(fixture(engine)))('%s', (_name, seen) => {
    const stacks = seen.flatMap(({ error, data }) => [...withStacks(error), ...withStacks(data)])
    expect(stacks.map(({ stack, message }) => show(stack!, message))).toMatchSnapshot()
  })
})

test.each([
  ['an address in a message without frames', 'AggregateError: mail me@example.com', 'mail me@example.com'],
  [
    'a message that is no line of frames',
    'TypeError: no module: http://a@b.example/c.js:1:2',
    'no module: http://a@b.example/c.js:1:2',
  ],
  [
    'lines of a message',
    'Error: a\n    at fake (http://evil.example/x.js:1:2)',
    'a\n    at fake (http://evil.example/x.js:1:2)',
  ],
  ['a message alone', 'x@http://evil.example/x.js:1:2', 'x@http://evil.example/x.js:1:2'],
])('%s makes no frames', (_what, stack, message) => {
  expect(parseStack(stack, message)).toEqual([])
})

test('a message that reads like the name of the first function takes nothing from it', () => {
  expect(show('inner@http://s.example/a.js:1:2\nouter@http://s.example/a.js:3:4', 'inner')).toEqual([
    'inner @ http://s.example/a.js:1:2',
    'outer @ http://s.example/a.js:3:4',
  ])
})

test.each(['at ', 'at a (', 'x@', '(eval at ', 'http://', '\t', ':1', '@['])(
  'long text made of "%s" holds nothing up',
  (piece) => {
    const stack = Array.from({ length: 80 }, () => piece.repeat(1000 / piece.length)).join('\n')
    expect(parseStack(`Error: x\n${piece.repeat(100_000)}\n${stack}`, 'x').length).toBeLessThan(61)
  },
)
