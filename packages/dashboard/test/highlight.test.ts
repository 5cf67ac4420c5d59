import { expect, test } from 'vitest'
import { highlightLines } from '../src/issue/highlight.ts'
import { languageOf } from '../src/issue/language.ts'

const texts = (lines: string[]) =>
  highlightLines(lines, 'typescript').map((tokens) => tokens.map(({ text }) => text).join(''))

test('highlighting loses and adds nothing, line by line', () => {
  const lines = ['/* spans', 'two lines */ const a = `x', '${b}`', '', '<script>alert("&amp;")</script>', '\tif (a']
  expect(texts(lines)).toEqual(lines)
})

test('a line break inside a line does not shift those that follow', () => {
  expect(texts(['a\nb', 'c\r\nd'])).toEqual(['a b', 'c  d'])
})

test('a comment over two lines is one in both', () => {
  const [first, second] = highlightLines(['/* one', 'two */'], 'typescript')
  expect(first).toEqual([{ text: '/* one', kind: 'comment' }])
  expect(second).toEqual([{ text: 'two */', kind: 'comment' }])
})

test.each([
  ['src/cart.ts', 'typescript'],
  ['src/App.TSX', 'typescript'],
  ['src/app.jsx?v=1', 'javascript'],
  ['src/App.vue?type=script', 'xml'],
  ['constructor', 'javascript'],
  [null, 'javascript'],
])('%s is read as %s', (filename, language) => {
  expect(languageOf(filename)).toBe(language)
})
