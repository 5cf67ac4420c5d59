import { describe, expect, test } from 'vitest'
import { whoDid } from '../src/triage/actor.ts'
import { sentenceOf } from '../src/triage/entries.ts'
import { detailsOf, stateOf } from '../src/triage/states.ts'

describe('the state of an issue in words', () => {
  test.each([
    ['unresolved', 'ongoing', 'Unresolved'],
    ['unresolved', 'in_progress', 'In progress'],
    ['unresolved', 'regressed', 'Regressed'],
    ['resolved', null, 'Resolved'],
    ['ignored', 'archived_until_condition_met', 'Ignored'],
    ['ignored', 'archived_forever', 'Archived'],
  ] as const)('%s, %s is %s', (status, substatus, words) => {
    expect(stateOf({ status, substatus })).toBe(words)
  })

  test.each([
    ['resolved', {}, ''],
    ['resolved', { inRelease: 'shop@2' }, 'in shop@2'],
    ['resolved', { inNextRelease: true, afterRelease: 'shop@2' }, 'in the release after shop@2'],
    ['resolved', { inCommit: { commit: 'abcdef0123456', repository: null } }, 'by commit abcdef01'],
    ['ignored', {}, ''],
    ['ignored', { ignoreCount: 100, ignoreWindow: 120 }, 'until 100 more events within 2 h'],
    [
      'ignored',
      { ignoreCount: 5, ignoreUserCount: 3, ignoreUserWindow: 45 },
      'until 5 more events or 3 more people within 45 min',
    ],
  ] as const)('%s with %j says "%s"', (status, statusDetails, words) => {
    expect(detailsOf({ status, substatus: null, statusDetails })).toBe(words)
  })
})

describe('the feed in words', () => {
  const names = new Map([
    ['user:7', 'Ada'],
    ['team:3', '#shop'],
  ])

  test.each([
    ['first_seen', { version: 'shop@1' }, 'saw it first in shop@1'],
    ['set_resolved', { note: 'checked before' }, 'resolved it: checked before'],
    ['set_resolved_in_release', { version: 'shop@2' }, 'resolved it in shop@2'],
    ['set_resolved_in_release', { after: 'shop@2' }, 'resolved it in the release after shop@2'],
    ['set_regression', { version: 'shop@3' }, 'saw it come back in shop@3'],
    ['set_unresolved', { because: 'users' }, 'opened it again: enough people met it'],
    ['set_ignored', { forever: true }, 'archived it'],
    [
      'set_ignored',
      { time: null, events: { count: 3, windowMs: 600_000 }, users: null },
      'ignored it until 3 more events within 10 min',
    ],
    [
      'assigned',
      { assignee: '3', assigneeType: 'team', why: 'path:src/*' },
      'gave it to #shop, by the rule path:src/*',
    ],
    ['assigned', { assignee: '9', assigneeType: 'user' }, 'gave it to user:9'],
    ['something_new', {}, 'something new'],
  ])('%s %j', (type, data, sentence) => {
    expect(sentenceOf({ type, data }, names)).toBe(sentence)
  })

  test('names people, tokens and the service', () => {
    const entry = { id: '1', type: 'note', data: {}, dateCreated: '' }
    const ada = { id: '7', name: 'Ada', email: 'ada@acme.test', username: 'ada@acme.test' }
    expect([
      whoDid({ ...entry, user: ada }),
      whoDid({ ...entry, user: null, token: 'CI' }),
      whoDid({ ...entry, user: null }),
    ]).toEqual(['Ada', 'Token CI', 'Foghorn'])
  })
})
