import type { FrameJson } from '@foghorn/server'
import { expect, test } from 'vitest'
import { fillLink } from '../src/issue/source-links.ts'

const frame = (fields: Partial<FrameJson> = {}): FrameJson => ({
  filename: 'src/cart.ts',
  absPath: null,
  module: null,
  function: null,
  lineNo: 12,
  colNo: 7,
  inApp: true,
  context: [],
  resolution: { status: 'resolved' },
  ...fields,
})
const version = { release: 'shop@1', commit: null }

const REPOSITORY = 'https://git.example.com/blob/{commit}/{path}#L{line}'

test('a frame leads to its file, at the commit of the release where that is known', () => {
  expect(fillLink(REPOSITORY, frame(), version)).toBe('https://git.example.com/blob/HEAD/src/cart.ts#L12')
  expect(fillLink(REPOSITORY, frame(), { ...version, commit: 'abc' })).toContain('/blob/abc/')
  expect(fillLink('vscode://file/home/ada/{path}:{line}:{column}', frame(), version)).toBe(
    'vscode://file/home/ada/src/cart.ts:12:7',
  )
})

test('what a map names cannot change where a link leads', () => {
  const linkOf = (filename: string) => fillLink(REPOSITORY, frame({ filename }), version)
  expect(linkOf('a?b#c d.ts')).toBe('https://git.example.com/blob/HEAD/a%3Fb%23c%20d.ts#L12')
  expect(linkOf('//evil.test/x.ts')).toBe('https://git.example.com/blob/HEAD/evil.test/x.ts#L12')
  expect(linkOf('src/../../../x')).toBeUndefined()
  expect(linkOf('webpack:///src/x.ts')).toBeUndefined()
  expect(linkOf('{commit}')).toBe('https://git.example.com/blob/HEAD/%7Bcommit%7D#L12')
})

test('there is no link without a template, an allowed scheme and a resolved frame', () => {
  expect(fillLink('', frame(), version)).toBeUndefined()
  expect(fillLink('javascript://x/{path}', frame(), version)).toBeUndefined()
  const unresolved = { status: 'unresolved', reason: 'no-artifact', advice: '' } as const
  expect(fillLink(REPOSITORY, frame({ resolution: unresolved }), version)).toBeUndefined()
})
