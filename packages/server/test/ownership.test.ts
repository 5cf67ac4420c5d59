import { describe, expect, test } from 'vitest'
import { mentionsIn } from '../src/issues/mentions.ts'
import { findOwnershipRule, readCodeowners, readOwnershipRules, repositoryPath } from '../src/issues/ownership.ts'

const at = (...paths: string[]) => ({ paths, tags: {} })

describe('rules of a project', () => {
  const RULES = `
# who looks after the shop
path:src/*            #shop
path:src/cart/*       ada@example.com #shop   # the cart is hers
url:*/checkout/*      #checkout
tags.browser:Safari*  #apple
`
  const { rules, errors } = readOwnershipRules(RULES)

  test('are read line by line', () => {
    expect(errors).toEqual([])
    expect(rules.map(({ on, pattern, owners }) => ({ on, pattern, owners }))).toEqual([
      { on: 'path', pattern: 'src/*', owners: ['#shop'] },
      { on: 'path', pattern: 'src/cart/*', owners: ['ada@example.com', '#shop'] },
      { on: 'url', pattern: '*/checkout/*', owners: ['#checkout'] },
      { on: 'tags.browser', pattern: 'Safari*', owners: ['#apple'] },
    ])
  })

  test('the last one that fits the nearest frame decides', () => {
    expect(findOwnershipRule(rules, at('src/cart/total.ts', 'src/app.ts'))?.pattern).toBe('src/cart/*')
    expect(findOwnershipRule(rules, at('src/app.ts', 'src/cart/total.ts'))?.pattern).toBe('src/*')
  })

  test('code decides before the page, the page before tags, and what fits nothing is owned by nobody', () => {
    const page = { url: 'https://shop.test/checkout/pay', tags: { browser: 'Safari 18' } }
    expect(findOwnershipRule(rules, { paths: ['src/a.ts'], ...page })?.pattern).toBe('src/*')
    expect(findOwnershipRule(rules, { paths: ['lib/a.ts'], ...page })?.pattern).toBe('*/checkout/*')
    expect(findOwnershipRule(rules, { paths: [], tags: page.tags })?.pattern).toBe('Safari*')
    expect(findOwnershipRule(rules, at('lib/a.ts'))).toBeUndefined()
  })

  test.each([
    ['src/* #shop', 'Line 1: "src/*" is not a matcher. Write path:, url: or tags.<name>: before a pattern.'],
    ['path:src/*', 'Line 1: Nobody owns "path:src/*". Write e-mail addresses or #teams after it.'],
    ['\npath:src/* ada', 'Line 2: "ada" is not an owner. Write an e-mail address or #team.'],
  ])('say what is wrong with %j', (text, message) => {
    expect(readOwnershipRules(text).errors).toEqual([message])
  })
})

describe('CODEOWNERS', () => {
  // Patterns and answers of GitHub's documentation (checked 2026-11).
  const rules = readCodeowners(`
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
**/logs @octocat
/apps/ @octocat
/apps/github
with\\ blank/ @ada
[Section of GitLab] @somebody
`)
  const ownersOf = (path: string) => findOwnershipRule(rules, at(path))?.owners

  test.each([
    ['README', ['@global-owner1', '@global-owner2']],
    ['deep/in/a.js', ['@js-owner']],
    ['a.go', ['docs@example.com']],
    ['notes/a.txt', ['@octo-org/octocats']],
    ['build/logs/deep/x', ['@octocat']],
    ['docs/getting-started.md', ['docs@example.com']],
    ['docs/build-app/trouble.md', ['@global-owner1', '@global-owner2']],
    ['apps/any/thing.css', ['@octocat']],
    ['apps/github/thing.css', []],
    ['with blank/a.css', ['@ada']],
  ])('%s belongs to %j', (path, owners) => {
    expect(ownersOf(path)).toEqual(owners)
  })

  test('paths that bundlers write are those of the repository', () => {
    expect(
      [
        'webpack:///./src/a.ts',
        'webpack://shop/src/a.ts',
        '../../src/a.ts',
        './src/a.ts?x',
        '~/src/a.ts',
        'src/a.ts',
      ].map(repositoryPath),
    ).toEqual(['src/a.ts', 'shop/src/a.ts', 'src/a.ts', 'src/a.ts', 'src/a.ts', 'src/a.ts'])
  })

  test('hostile patterns and paths cost nothing', () => {
    const hostile = readCodeowners(`${'*'.repeat(500)}a @x\n${'**/'.repeat(200)}b @y\n${'*y'.repeat(50)}z @z`)
    // One that backtracks would not end within the time that a test has.
    expect(findOwnershipRule(hostile, at(`${'x/'.repeat(900)}${'y'.repeat(200)}`))).toBeUndefined()
  })
})

test('comments mention people and teams, each once, but not in code', () => {
  const text = 'Hi @ada, @Ada and @bob@example.com! See #shop, not mail@example.com, issue/#7x or `@code #code`.'
  expect(mentionsIn(text)).toEqual([
    { type: 'user', name: 'Ada' },
    { type: 'user', name: 'bob@example.com' },
    { type: 'team', name: 'shop' },
  ])
})
