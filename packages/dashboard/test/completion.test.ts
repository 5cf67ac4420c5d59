import { expect, test } from 'vitest'
import { complete, draftAt, suggest, tagOf } from '../src/issues/completion.ts'

const known = {
  tags: ['plan', 'level', 'odd]name', 'app'],
  values: ['shop@1.0', 'two words', 'say "hi"'],
  people: ['ada@example.com', '#web'],
}

/** What is suggested where `|` stands. */
const suggestAt = (marked: string): string[] => {
  const caret = marked.indexOf('|')
  const draft = draftAt(marked.replace('|', ''), caret)
  const values = tagOf(draft) === undefined ? [] : known.values
  return suggest(draft, { ...known, values }).map(({ insert }) => insert)
}

/** The text after the first suggestion was taken, with `|` where the caret then stands. */
const takeFirst = (marked: string): string => {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  const draft = draftAt(text, caret)
  const done = complete(text, draft, suggest(draft, known)[0]!)
  return `${done.text.slice(0, done.caret)}|${done.text.slice(done.caret)}`
}

test('a key is completed with the words of the search and the tags of the project', () => {
  expect(suggestAt('lev|')).toEqual(['level:'])
  expect(suggestAt('pla|')).toEqual(['tags[plan]:'])
  expect(suggestAt('is:unresolved |')[0]).toBe('is:')
  expect(suggestAt('odd|')).toEqual([])
  expect(suggestAt('zzz|')).toEqual([])
})

test('those that begin with what was written come before those that hold it', () => {
  expect(suggestAt('release|')).toEqual(['release:', 'firstRelease:'])
})

test('a value is completed with what the key may have', () => {
  expect(suggestAt('is:res|')).toEqual(['is:resolved ', 'is:unresolved ', 'is:in_progress ', 'is:regressed '])
  expect(suggestAt('assigned:|')).toEqual([
    'assigned:me ',
    'assigned:my_teams ',
    'assigned:none ',
    'assigned:ada@example.com ',
    'assigned:"#web" ',
  ])
  expect(suggestAt('has:pl|')).toEqual(['has:plan '])
})

test('values are quoted where they must be, and so mean nothing else', () => {
  expect(suggestAt('release:two|')).toEqual(['release:"two words" '])
  expect(suggestAt('release:"two|')).toEqual(['release:"two words" '])
  expect(suggestAt('app:hi|')).toEqual([String.raw`tags[app]:"say \"hi\"" `])
})

test('only the term at the caret is replaced, and what turns it round stays', () => {
  expect(takeFirst('is:unresolved bro| times:>10')).toBe('is:unresolved browser:|times:>10')
  expect(takeFirst('!is:res|')).toBe('!is:resolved |')
  expect(takeFirst('release:"shop|@1" words')).toBe('release:shop@1.0 |words')
})

test('the service is asked for values of tags alone', () => {
  expect(tagOf(draftAt('is:res', 6))).toBeUndefined()
  expect(tagOf(draftAt('words', 5))).toBeUndefined()
  expect(tagOf(draftAt('firstRelease:', 13))).toBe('release')
  expect(tagOf(draftAt('tags[plan]:fr', 13))).toBe('plan')
})
