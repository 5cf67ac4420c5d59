import * as v from 'valibot'

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const between = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most))

/** A day is the longest window: later events count no more. */
const MAX_WINDOW_MINUTES = 24 * 60

const minutes = whole(1, MAX_WINDOW_MINUTES)
const percent = between(0, 100)

const Of = v.picklist(['issue', 'project'], 'must be issue or project')

/** A share of three says nothing. */
const atLeast = whole(1, 1e9)

export const VITALS = ['lcp', 'inp', 'cls', 'fcp', 'ttfb'] as const

export const Trigger = v.variant(
  'when',
  [
    v.object({ when: v.literal('new-issue') }),
    /** A resolved issue came back, or the condition of an ignored one came true. */
    v.object({ when: v.literal('regression') }),
    v.object({ when: v.literal('events'), count: whole(1, 1e9), minutes, of: Of }),
    v.object({ when: v.literal('users'), count: whole(1, 1e6), minutes, of: Of }),
    /** So many times as many events in an hour as in the mean hour of the week before, and at least a few. */
    v.object({ when: v.literal('escalating'), factor: between(1.5, 1000), atLeast: whole(1, 1e6) }),
    /** More than so many percent of the sessions that began within the window did not end well. */
    v.object({ when: v.literal('error-rate'), percent, minutes, atLeast }),
    /** Fewer than so many percent of the sessions that began within the window did not crash. */
    v.object({ when: v.literal('crash-free'), percent, minutes, atLeast }),
    /** A quarter of the values within the window is worse than that: milliseconds, but for `cls`. */
    v.object({
      when: v.literal('web-vital'),
      vital: v.picklist(VITALS, `must be ${VITALS.join(', ')}`),
      above: between(0, 3_600_000),
      minutes,
      atLeast,
    }),
    /** More than so many percent of the frames that a map could resolve were not, and `risenBy` points more than in the day before. */
    v.object({
      when: v.literal('unresolved-frames'),
      percent,
      risenBy: v.optional(percent),
      minutes,
      atLeast,
    }),
    v.object({ when: v.literal('failed-uploads'), count: whole(1, 1e6), minutes }),
    v.object({ when: v.literal('dead-letters'), count: whole(1, 1000), minutes }),
    /** So many requests have waited for so long. */
    v.object({ when: v.literal('inbox'), count: whole(1, 100_000), minutes }),
    /** The error budget is used up so many times as fast as it may be, over the last hours. */
    v.object({
      when: v.literal('error-budget'),
      rate: between(0.1, 10_000),
      hours: v.picklist([1, 6, 24, 72], 'must be 1, 6, 24 or 72'),
    }),
  ],
  'when must be new-issue, regression, events, users, escalating, error-rate, crash-free, web-vital, unresolved-frames, failed-uploads, dead-letters, inbox or error-budget',
)

/** What a rule waits for. */
export type Trigger = v.InferOutput<typeof Trigger>
export type When = Trigger['when']

/** What an event of an issue shows. */
export const OF_ISSUES: ReadonlySet<When> = new Set(['new-issue', 'regression', 'events', 'users', 'escalating'])
