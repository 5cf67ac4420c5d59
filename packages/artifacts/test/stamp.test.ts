import { AnyMap, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { findDebugId, stamp } from '../src/index.ts'
import { build, type Built } from './build-folder.ts'

const stamped = ({ code, map }: Built) => {
  const result = stamp({ code, map })
  if (!result.ok) throw new Error(result.reason)
  return result
}

const SNIPPET = /;!function\(\)\{try\{var g=globalThis.*?catch\(e\)\{\}\}\(\);/

const positionsOf = (code: string): { line: number; column: number }[] =>
  code
    .replace('\uFEFF', '')
    .split('\n')
    .flatMap((text, index) => Array.from({ length: text.length }, (_, column) => ({ line: index + 1, column })))

const traced = (map: string): TraceMap => new AnyMap(JSON.parse(map))

/** Every position of the script must lead to the same place as before, wherever the snippet has pushed it. */
const expectExact = (before: Built): void => {
  const after = stamped(before)
  const at = after.code.search(SNIPPET)
  const length = SNIPPET.exec(after.code)![0].length
  const head = after.code.slice(0, at).replace('\uFEFF', '')
  const line = head.split('\n').length
  const column = head.length - (head.lastIndexOf('\n') + 1)
  const [old, fresh] = [traced(before.map), traced(after.map)]
  for (const position of positionsOf(before.code)) {
    const isPushed = position.line === line && position.column >= column
    const pushed = isPushed ? { line, column: position.column + length } : position
    expect(originalPositionFor(fresh, pushed), JSON.stringify(position)).toEqual(originalPositionFor(old, position))
  }
}

const wrapped = (built: Built): Built => {
  const map = JSON.parse(built.map)
  const head = '"use strict";var before=1;'
  return {
    code: head + built.code,
    map: JSON.stringify({
      version: 3,
      sections: [
        { offset: { line: 0, column: 13 }, map: { version: 3, sources: ['a'], names: [], mappings: 'AAAA,IAAI' } },
        { offset: { line: 0, column: head.length }, map },
      ],
    }),
  }
}

describe('the map stays exact', () => {
  test.each([
    ['a minified script', build()],
    ['a script that is not minified', build(undefined, { minify: false })],
    ['"use strict" on the line of the code', build('"use strict";\nexport const a = () => { throw 1 }')],
    ['several directives', build(undefined, { banner: "'use client';'use strict'\n/* by */ \"use asm\";" })],
    ['a hashbang line', build(undefined, { banner: '#!/usr/bin/env node' })],
    ['a licence before the directive', build(undefined, { banner: '/*! (c) Acme */ "use strict";' })],
    ['a byte order mark', { ...build(), code: `\uFEFF${build().code}` }],
    ['a string that is no directive', build('"a".length\nexport const b = () => "c"')],
    ['an index map', wrapped(build())],
  ])('of %s', (_what, built) => expectExact(built))

  test('when columns of the line go back and forth', () => {
    // Columns 30, 10 and 20, in that order: legal, though no bundler is known to write it.
    const map = { version: 3, sources: ['a'], names: [], mappings: '8BAAA,pBACA,UACA' }
    const after = stamped({ code: `"use strict";${'x'.repeat(40)}\n`, map: JSON.stringify(map) })
    const length = SNIPPET.exec(after.code)![0].length
    const at = (column: number) => originalPositionFor(traced(after.map), { line: 1, column }).line
    expect([at(30 + length), at(10), at(20 + length)]).toEqual([1, 2, 3])
  })
})

describe('a stamped script', () => {
  const registry = (code: string) => {
    const globals: Record<string, any> = { exports: {}, module: {} }
    globals['globalThis'] = globals
    runInNewContext(code, globals, { filename: '/static/app.js' })
    return globals
  }

  test("registers its debug ID for our SDK and for Sentry's, under a stack of its own", () => {
    const { code, debugId } = stamped(build())
    const globals = registry(code)
    for (const name of ['_sentryDebugIds', '_debugIds']) {
      const [[stack, id]] = Object.entries(globals[name]) as [[string, string]]
      expect(id).toBe(debugId)
      expect(stack).toContain('/static/app.js:')
    }
    expect(globals['_sentryDebugIdIdentifier']).toBe(`sentry-dbid-${debugId}`)
  })

  test('still has its directives', () => {
    const { code } = stamped(
      build('"use strict"\nexport const isStrict = (function () { return this === undefined })()'),
    )
    expect(code.startsWith('"use strict"')).toBe(true)
  })

  test('names the debug ID in its last line and in its map', () => {
    const { code, map, debugId } = stamped(build())
    expect(code.trimEnd().split('\n').at(-1)).toBe(`//# debugId=${debugId}`)
    expect(code).toContain('\n//# sourceMappingURL=app.js.map\n')
    expect(JSON.parse(map)).toMatchObject({ debugId, debug_id: debugId })
  })

  test('is the same on every machine, and another one for other content', () => {
    const first = stamped(build())
    expect(stamped(build())).toEqual(first)
    expect(stamped(build('export const other = 1')).debugId).not.toBe(first.debugId)
    expect(first.debugId).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  })

  test('is left as it is the second time', () => {
    const { code, map } = stamped(build())
    expect(stamped({ code, map })).toMatchObject({ code, map })
  })
})

describe('an ID that is there already is kept', () => {
  const ID = 'a63e4dba-e3db-41de-a99f-f34a8ea019de'
  const comment = `//# debugId=${ID}\n`

  test('as a comment only, as Rollup writes it: the code that registers it is added', () => {
    const { code, map } = build()
    const after = stamped({ code: code + comment, map })
    expect(after.debugId).toBe(ID)
    expect(after.code).toMatch(SNIPPET)
    expect(after.code.match(/debugId=/g)).toHaveLength(1)
  })

  test.each([
    [
      'sentry-cli 3',
      `!function(){try{var e={},n=(new e.Error).stack;n&&(e._sentryDebugIds=e._sentryDebugIds||{},e._sentryDebugIds[n]="${ID}")}catch(e){}}();\n`,
    ],
    [
      "Sentry's Vite plugin 11",
      `!function(){try{var e={},n=(new e.Error).stack;n&&(e._sentryDebugIds=e._sentryDebugIds||{},e._sentryDebugIds[n]=\`${ID}\`,e._sentryDebugIdIdentifier=\`sentry-dbid-${ID}\`)}catch(e){}}();`,
    ],
  ])('in the code of %s: nothing is added to it', (_tool, snippet) => {
    const { code, map } = build()
    const after = stamped({ code: snippet + code, map })
    expect(after.debugId).toBe(ID)
    expect(after.code).toBe(`${snippet}${code}${comment}`)
    expect(JSON.parse(after.map).mappings).toBe(JSON.parse(map).mappings)
  })

  test('unless it is that of a library inside of the bundle', () => {
    const { code, map } = build()
    const library = `var lib={};${' '.repeat(9000)}lib._sentryDebugIds[n]="${ID}";`
    expect(findDebugId(library + code)).toBeUndefined()
    expect(stamped({ code: library + code, map }).debugId).not.toBe(ID)
  })

  test('and the one that runs wins over the one in the comment', () => {
    const other = 'b'.repeat(8) + ID.slice(8)
    expect(findDebugId(`e._sentryDebugIds[n]="${ID}";x()\n//# debugId=${other}\n`)).toBe(ID)
  })
})

test.each([
  ['{', 'is not JSON'],
  ['', 'is empty'],
  ['[]', 'no object'],
  ['{"version":2,"mappings":"","sources":[]}', 'has version 2'],
  ['{"version":3,"sources":[]}', 'has no "mappings" text'],
  ['{"version":3,"mappings":"!!!A","sources":["a"]}', 'has broken mappings'],
])('the map %j is refused', (map, reason) => {
  const result = stamp({ code: 'f()\n', map })
  expect(result.ok ? '' : result.reason).toContain(reason)
})

test('a map behind an anti-XSSI line is read', () => {
  const { code, map } = build()
  expect(stamp({ code, map: `)]}'\n${map}` }).ok).toBe(true)
})
