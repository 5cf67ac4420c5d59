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
