import { expect, test } from 'vitest'
import { advance } from '../src/issues/advance.ts'
import type { Command, Happening, Life } from '../src/issues/life.ts'
import { NOON } from './harness.ts'
import { createRandom } from './random.ts'

const HOUR = 3_600_000
const UNTIL = { events: 4, users: 3, ms: 6 * HOUR }

interface Past {
  at: number
  what: 'resolved' | 'opened' | 'started' | 'ignored' | 'archived' | 'event'
  user?: string
  proves?: boolean
}

const usersOf = (past: readonly Past[]): Set<string> => new Set(past.flatMap(({ user }) => user ?? []))

/** Whether an ignored issue is to come back, told the long way: by looking up all that ever happened. */
const isOver = (past: readonly Past[], since: number): boolean => {
  const met = past.slice(since + 1).filter(({ what }) => what === 'event')
  const [before, all] = [usersOf(past.slice(0, since)), usersOf(past)]
  const longAgo = past.at(-1)!.at >= past[since]!.at + UNTIL.ms
  return longAgo || met.length >= UNTIL.events || all.size - before.size >= UNTIL.users
}

interface State {
  is: string
  /** Where in the past it was ignored. */
  since: number
}

const IS: Record<Exclude<Past['what'], 'event' | 'opened'>, string> = {
  resolved: 'resolved',
  started: 'unresolved/in_progress',
  ignored: 'ignored/archived_until_condition_met',
  archived: 'ignored/archived_forever',
}

/** What an issue is by plain rules. */
const model = ({ is, since }: State, past: readonly Past[]): State => {
  const { what, proves } = past.at(-1)!
  if (what === 'opened') return { is: is === 'unresolved/regressed' ? is : 'unresolved', since }
  if (what !== 'event') return { is: IS[what], since: past.length - 1 }
  if (is === 'resolved' && proves) return { is: 'unresolved/regressed', since }
  return is === IS.ignored && isOver(past, since) ? { is: 'unresolved', since } : { is, since }
}

const inputOf = (past: readonly Past[]): Command | Happening => {
  const { what, at, proves = false } = past.at(-1)!
  const counted = { events: past.filter((one) => one.what === 'event').length, users: usersOf(past).size }
  const until = {
    time: at + UNTIL.ms,
    events: { count: UNTIL.events, windowMs: null },
    users: { count: UNTIL.users, windowMs: null },
  }
  return {
    resolved: { type: 'resolve', resolution: { by: 'now' } } as const,
    opened: { type: 'unresolve' } as const,
    started: { type: 'start' } as const,
    ignored: { type: 'ignore', until, counted } as const,
    archived: { type: 'archive' } as const,
    event: {
      type: 'seen',
      release: null,
      bringsBack: proves,
      encounters: { ...counted, eventsInWindow: 0, usersInWindow: 0 },
    } as const,
  }[what]
}

const fresh: Life = {
  status: 'unresolved',
  substatus: null,
  resolution: null,
  ignoredUntil: null,
  assignee: null,
  priority: 0,
  priorityLocked: false,
  acknowledgedAt: null,
  resolvedAt: null,
  reopenedAt: null,
}

const CHOICES = ['event', 'event', 'event', 'event', 'resolved', 'opened', 'started', 'ignored', 'archived'] as const

test.each([1, 2, 3, 4])('whatever is done in whatever order, an issue is what its past says (seed %i)', (seed) => {
  const random = createRandom(seed)
  const past: Past[] = []
  let life = fresh
  let state: State = { is: 'unresolved', since: -1 }
  for (let step = 0; step < 1500; step += 1) {
    const what = random.pick(CHOICES)
    const event = what === 'event' && { user: `u${random.below(200)}`, proves: random.below(2) === 0 }
    past.push({ at: (past.at(-1)?.at ?? NOON) + random.below(3 * HOUR), what, ...event })
    life = advance(life, inputOf(past), { now: past.at(-1)!.at, byPerson: what !== 'event' }).life
    state = model(state, past)
    const is = life.substatus === null ? life.status : `${life.status}/${life.substatus}`
    expect(is, `after ${what}, step ${step}`).toBe(state.is)
  }
})
