import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './documents.ts'

const page = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8')
const source = readFileSync(join(ROOT, 'packages/symbolicate/src/resolution.ts'), 'utf8')

/** The reasons as the engine lists them. */
const reasons = /type UnresolvedReason =([^]*?)\n\n/.exec(source)![1]!.match(/(?<=')[\w-]+(?=')/g)!

test('every reason for which a frame stays minified is explained, and no other', () => {
  expect(reasons.length).toBeGreaterThan(15)
  const table = page.slice(page.indexOf('| Reason |'), page.indexOf('Maps that arrive later'))
  const explained = table.split('\n').flatMap((row) => row.split('|')[1]?.match(/(?<=`)[\w-]+(?=`)/g) ?? [])
  expect(explained.toSorted()).toEqual(reasons.toSorted())
})
