import * as v from 'valibot'

const text = (limit: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limit))
const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

/** A day is the longest window: later events count no more. */
export const MAX_WINDOW_MINUTES = 24 * 60

const Of = v.picklist(['issue', 'project'], 'must be issue or project')

const Trigger = v.variant(
  'when',
  [
    v.object({ when: v.literal('new-issue') }),
    /** A resolved issue came back, or the condition of an ignored one came true. */
    v.object({ when: v.literal('regression') }),
    v.object({ when: v.literal('events'), count: whole(1, 1e9), minutes: whole(1, MAX_WINDOW_MINUTES), of: Of }),
    v.object({ when: v.literal('users'), count: whole(1, 1e6), minutes: whole(1, MAX_WINDOW_MINUTES), of: Of }),
    /** So many times as many events in an hour as in the mean hour of the week before, and at least a few. */
    v.object({
      when: v.literal('escalating'),
      factor: v.pipe(v.number(), v.minValue(1.5), v.maxValue(1000)),
      atLeast: whole(1, 1e6),
    }),
  ],
  'when must be new-issue, regression, events, users or escalating',
)

const Condition = v.pipe(
  v.object({
    on: v.picklist(
      ['level', 'severity', 'category', 'environment', 'release', 'browser', 'url', 'tag'],
      'must be level, severity, category, environment, release, browser, url or tag',
    ),
    tag: v.optional(text(200)),
    /** `*` stands for any characters; case does not count. */
    pattern: text(500),
    /** Holds when it does not match. Default: false. */
    negated: v.optional(v.boolean()),
  }),
  v.check(({ on, tag }) => (on === 'tag') === (tag !== undefined), 'needs "tag" when "on" is tag, and only then'),
)

const Ids = v.pipe(v.array(whole(1, Number.MAX_SAFE_INTEGER)), v.maxLength(20))

const Step = v.pipe(
  v.object({
    afterMinutes: whole(0, 7 * 24 * 60),
    channels: v.optional(Ids, []),
    /** Ticket systems in which the issue gets a ticket, if it has none there. */
    tickets: v.optional(Ids),
  }),
  v.check(({ channels, tickets = [] }) => channels.length + tickets.length > 0, 'needs a channel or a ticket system'),
)

const TimeOfDay = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be like 22:30'))

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const AlertRule = v.object({
  name: text(100),
  trigger: Trigger,
  /** All of them must hold for an event to count. */
  conditions: v.optional(v.pipe(v.array(Condition), v.maxLength(10)), []),
  /** Who is told, and who else when nobody has acknowledged after so many minutes. */
  steps: v.pipe(v.array(Step), v.minLength(1), v.maxLength(5)),
  /** Tells of one subject at most once in each period of so many minutes, counted from 1970. Default: 60. */
  everyMinutes: v.optional(whole(1, 30 * 24 * 60), 60),
  /** What fires in between is told afterwards. */
  quiet: v.optional(
    v.object({
      from: TimeOfDay,
      to: TimeOfDay,
      timeZone: v.pipe(v.string(), v.check(isTimeZone, 'must be a time zone like Europe/Berlin')),
    }),
  ),
  /** Collects what fires and tells it together. Default: at once. */
  digest: v.optional(v.picklist(['hour', 'day', 'week'], 'must be hour, day or week')),
})

/** When people want to be told, of what, and how. */
export type AlertRule = v.InferOutput<typeof AlertRule>

export type Trigger = AlertRule['trigger']
export type AlertCondition = AlertRule['conditions'][number]

export interface StoredAlertRule extends AlertRule {
  id: number
  projectId: number
  /** Milliseconds since 1970; what fires before is kept, and nobody is told. */
  mutedUntil: number | null
}
