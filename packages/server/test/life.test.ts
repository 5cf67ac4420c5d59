import { describe, expect, test } from 'vitest'
import { advance } from '../src/issues/advance.ts'
import type { Command, Encounters, Happening, Life } from '../src/issues/life.ts'
import { bringsBack } from '../src/issues/regression.ts'
import { NOON } from './harness.ts'

const HOUR = 3_600_000
const NONE: Encounters = { events: 0, users: 0, eventsInWindow: 0, usersInWindow: 0 }

const fresh: Life = {
  status: 'unresolved',
  substatus: null,
  resolution: null,
  ignoredUntil: null,
  assignee: null,
  priority: 40,
  priorityLocked: false,
  acknowledgedAt: null,
  resolvedAt: null,
  reopenedAt: null,
}

const person = (now = NOON) => ({ now, byPerson: true })
const after = (...inputs: (Command | Happening)[]): Life =>
  inputs.reduce((life, input) => advance(life, input, person()).life, fresh)

const condition = { time: NOON + HOUR, events: { count: 10, windowMs: null }, users: { count: 3, windowMs: null } }
const ignore: Command = { type: 'ignore', until: condition, counted: { events: 5, users: 2 } }
const resolve: Command = { type: 'resolve', resolution: { by: 'now' } }
const inRelease: Command = { type: 'resolve', resolution: { by: 'release', version: '2.0.0' } }
const inNext: Command = { type: 'resolve', resolution: { by: 'next-release', after: '1.0.0' } }
const inCommit: Command = { type: 'resolve', resolution: { by: 'commit', commit: 'abc', repository: 'shop' } }
const seen = (encounters: Partial<Encounters> = {}, proves = false): Happening => ({
  type: 'seen',
  release: '3.0.0',
  bringsBack: proves,
  encounters: { ...NONE, ...encounters },
})

const STATES: Record<string, Life> = {
  unresolved: fresh,
  'in progress': after({ type: 'start' }),
  regressed: after(resolve, seen({}, true)),
  resolved: after(resolve),
  'resolved in a release': after(inRelease),
  'resolved in the next': after(inNext),
  'resolved by a commit': after(inCommit),
  'ignored for a while': after(ignore),
  archived: after({ type: 'archive' }),
}

const INPUTS: Record<string, Command | Happening> = {
  resolve,
  'resolve in a release': inRelease,
  'resolve in the next': inNext,
  'resolve by a commit': inCommit,
  unresolve: { type: 'unresolve' },
  start: { type: 'start' },
  ignore,
  archive: { type: 'archive' },
  'an event': seen(),
  'an event that proves it wrong': seen({}, true),
  'the tenth event more': seen({ events: 15, users: 2 }),
  'the third person more': seen({ events: 6, users: 5 }),
  'time passes, too little': { type: 'time-passed' },
}

/** `status/substatus <- entry`; a dot: nothing changes. */
const TABLE: Record<string, Record<string, string>> = {
  unresolved: {
    resolve: 'resolved <- set_resolved',
    'resolve in a release': 'resolved <- set_resolved_in_release',
    'resolve in the next': 'resolved <- set_resolved_in_release',
    'resolve by a commit': 'resolved <- set_resolved_in_commit',
    start: 'unresolved/in_progress <- set_in_progress',
    ignore: 'ignored/archived_until_condition_met <- set_ignored',
    archive: 'ignored/archived_forever <- set_ignored',
  },
  'in progress': {
    resolve: 'resolved <- set_resolved',
    'resolve in a release': 'resolved <- set_resolved_in_release',
    'resolve in the next': 'resolved <- set_resolved_in_release',
    'resolve by a commit': 'resolved <- set_resolved_in_commit',
    unresolve: 'unresolved <- set_unresolved',
    ignore: 'ignored/archived_until_condition_met <- set_ignored',
    archive: 'ignored/archived_forever <- set_ignored',
  },
  regressed: {
    resolve: 'resolved <- set_resolved',
    'resolve in a release': 'resolved <- set_resolved_in_release',
    'resolve in the next': 'resolved <- set_resolved_in_release',
    'resolve by a commit': 'resolved <- set_resolved_in_commit',
    start: 'unresolved/in_progress <- set_in_progress',
    ignore: 'ignored/archived_until_condition_met <- set_ignored',
    archive: 'ignored/archived_forever <- set_ignored',
  },
  ...Object.fromEntries(
    [
      ['resolved', 'resolve'],
      ['resolved in a release', 'resolve in a release'],
      ['resolved in the next', 'resolve in the next'],
      ['resolved by a commit', 'resolve by a commit'],
    ].map(([state, same]) => [
      state!,
      {
        resolve: 'resolved <- set_resolved',
        'resolve in a release': 'resolved <- set_resolved_in_release',
        'resolve in the next': 'resolved <- set_resolved_in_release',
        'resolve by a commit': 'resolved <- set_resolved_in_commit',
        [same!]: '.',
        unresolve: 'unresolved <- set_unresolved',
        start: 'unresolved/in_progress <- set_in_progress',
        ignore: 'ignored/archived_until_condition_met <- set_ignored',
        archive: 'ignored/archived_forever <- set_ignored',
        'an event that proves it wrong': 'unresolved/regressed <- set_regression',
      },
    ]),
  ),
  'ignored for a while': {
    resolve: 'resolved <- set_resolved',
    'resolve in a release': 'resolved <- set_resolved_in_release',
    'resolve in the next': 'resolved <- set_resolved_in_release',
    'resolve by a commit': 'resolved <- set_resolved_in_commit',
    unresolve: 'unresolved <- set_unresolved',
    start: 'unresolved/in_progress <- set_in_progress',
    ignore: 'ignored/archived_until_condition_met <- set_ignored',
    archive: 'ignored/archived_forever <- set_ignored',
    'the tenth event more': 'unresolved <- set_unresolved',
    'the third person more': 'unresolved <- set_unresolved',
  },
  archived: {
    resolve: 'resolved <- set_resolved',
    'resolve in a release': 'resolved <- set_resolved_in_release',
    'resolve in the next': 'resolved <- set_resolved_in_release',
    'resolve by a commit': 'resolved <- set_resolved_in_commit',
    unresolve: 'unresolved <- set_unresolved',
    start: 'unresolved/in_progress <- set_in_progress',
    ignore: 'ignored/archived_until_condition_met <- set_ignored',
  },
}

const written = ({ status, substatus }: Life): string => (substatus === null ? status : `${status}/${substatus}`)

describe('an issue', () => {
  for (const [state, life] of Object.entries(STATES))
    for (const [name, input] of Object.entries(INPUTS)) {
      const expected = TABLE[state]![name] ?? '.'
      test(`${state}: ${name} -> ${expected}`, () => {
        const { life: next, entry } = advance(life, input, person())
        expect(entry ? `${written(next)} <- ${entry.type}` : '.').toBe(expected)
        if (!entry) expect(next).toEqual(life)
      })
    }

  test('remembers when somebody first did something about it, when it was resolved and when it came back', () => {
    const assigned = advance(fresh, { type: 'assign', to: { type: 'user', id: 7 } }, person(NOON)).life
    const resolved = advance(assigned, resolve, person(NOON + HOUR)).life
    expect(resolved).toMatchObject({ acknowledgedAt: NOON, resolvedAt: NOON + HOUR, reopenedAt: null })
    const again = advance(resolved, inRelease, person(NOON + 2 * HOUR)).life
    expect(again.resolvedAt).toBe(NOON + HOUR)
    const back = advance(again, seen({}, true), { now: NOON + 3 * HOUR, byPerson: false }).life
    expect(back).toMatchObject({ acknowledgedAt: NOON, resolvedAt: null, reopenedAt: NOON + 3 * HOUR })
  })

  test('what the service does by itself is not taken for attention', () => {
    const given = advance(
      fresh,
      { type: 'assign', to: { type: 'team', id: 1 }, why: 'path:src/*' },
      { now: NOON, byPerson: false },
    )
    expect(given.life).toMatchObject({ assignee: { type: 'team', id: 1 }, acknowledgedAt: null })
  })

  test('is given to one at a time, and to nobody', () => {
    const given = after({ type: 'assign', to: { type: 'user', id: 7 } })
    const same = advance(given, { type: 'assign', to: { type: 'user', id: 7 } }, person())
    const none = advance(given, { type: 'assign', to: null }, person())
    expect([same.entry, none.entry?.type, none.life.assignee]).toEqual([undefined, 'unassigned', null])
  })

  test('keeps the priority that a person has set', () => {
    const urgent = after({ type: 'prioritise', level: 'high' })
    expect(urgent).toMatchObject({ priority: 80, priorityLocked: true })
    expect(advance(urgent, { type: 'prioritise', level: 'high' }, person()).entry).toBeUndefined()
  })

  test('comes back when its time has come, not before', () => {
    const ignored = after(ignore)
    expect(advance(ignored, { type: 'time-passed' }, person(NOON + HOUR - 1)).entry).toBeUndefined()
    const back = advance(ignored, { type: 'time-passed' }, { now: NOON + HOUR, byPerson: false })
    expect([written(back.life), back.entry?.data]).toMatchObject(['unresolved', { because: 'time' }])
  })
})

describe('a resolved issue', () => {
  const release = (version: string, date = NOON) => ({ version, date })
  const known = (named: string | undefined, date = NOON) => ({
    named: named === undefined ? undefined : release(named, date),
    resolvedAt: NOON,
  })
  const event = (version: string | undefined, date = NOON) => ({
    happenedAt: NOON + HOUR,
    release: version === undefined ? undefined : release(version, date),
  })

  test.each([
    ['the release it is fixed in', '2.0.0', true],
    ['a later one', '2.0.1', true],
    ['one with a greater number, not text', '10.0.0', true],
    ['an earlier one', '1.9.9', false],
    ['a preview of it', '2.0.0-beta.1', false],
    ['none', undefined, false],
  ])('in a release, seen in %s', (_what, version, expected) => {
    expect(bringsBack({ by: 'release', version: '2.0.0' }, event(version), known('2.0.0'))).toBe(expected)
  })

  test.each([
    ['the release of then', '2.0.0', false],
    ['a later one', '2.0.1', true],
    ['an earlier one', '1.9.9', false],
  ])('in the next release, seen in %s', (_what, version, expected) => {
    expect(bringsBack({ by: 'next-release', after: '2.0.0' }, event(version), known('2.0.0'))).toBe(expected)
  })

  test('versions without numbers stand in the order of their dates', () => {
    const resolution = { by: 'release' as const, version: 'blue' }
    expect(bringsBack(resolution, event('green', NOON + HOUR), known('blue', NOON))).toBe(true)
    expect(bringsBack(resolution, event('green', NOON - HOUR), known('blue', NOON))).toBe(false)
  })

  test('by a commit, is not brought back before a release has the commit', () => {
    const resolution = { by: 'commit' as const, commit: 'abc', repository: null }
    expect(bringsBack(resolution, event('2.0.0'), known(undefined))).toBe(false)
    expect(bringsBack(resolution, event('1.0.0'), known('2.0.0'))).toBe(false)
    expect(bringsBack(resolution, event('2.0.0'), known('2.0.0'))).toBe(true)
  })

  test('for good, is brought back by what happens later, not by what arrives late', () => {
    const late = { happenedAt: NOON - 1, release: undefined }
    expect(bringsBack({ by: 'now' }, late, known(undefined))).toBe(false)
    expect(bringsBack({ by: 'now' }, event(undefined), known(undefined))).toBe(true)
  })
})
