import type { GroupingRuleJson } from '@foghorn/server'
import { expect, test } from 'vitest'
import { emptyRule, movedUp, toDraft, toRule } from '../src/grouping/draft.ts'

const RULES: GroupingRuleJson[] = [
  {
    name: 'payments',
    matchers: [{ on: 'tag', tag: 'flow', pattern: 'pay*', negated: true }],
    action: { fingerprint: ['payments', '{{ default }}'], inApp: false, level: 'info', drop: true },
  },
  { name: 'vendor', matchers: [{ on: 'file', pattern: '*/vendor/*' }], action: { inApp: true } },
]

test.each(RULES)('a rule that is shown and saved is the same: $name', (rule) => {
  expect(toRule(toDraft(rule, 1))).toEqual(rule)
})

test('what a form leaves empty is not sent', () => {
  const draft = { ...emptyRule(1), name: ' noise ', fingerprint: ' a ,, b ' }
  expect(toRule(draft)).toEqual({
    name: 'noise',
    matchers: [{ on: 'value', pattern: '' }],
    action: { fingerprint: ['a', 'b'] },
  })
})

test('a rule moves up before the one in front of it', () => {
  expect(movedUp(['a', 'b', 'c'], 2)).toEqual(['a', 'c', 'b'])
  expect(movedUp(['a', 'b'], 0)).toEqual(['a', 'b'])
})
