import * as v from 'valibot'
import { Condition, unknownCondition } from './condition.ts'
import { OF_ISSUES, Trigger } from './trigger.ts'

const text = (limit: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limit))
const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

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

const Fields = v.object({
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

const mistakeOf = ({ trigger, conditions }: v.InferOutput<typeof Fields>) => unknownCondition(trigger.when, conditions)

export const AlertRule = v.pipe(
  Fields,
  v.forward(
    v.check(
      (rule) => mistakeOf(rule) === undefined,
      ({ input }) => mistakeOf(input)!,
    ),
    ['conditions'],
  ),
  v.forward(
    v.check(
      ({ trigger, steps }) => OF_ISSUES.has(trigger.when) || steps.every(({ tickets = [] }) => tickets.length === 0),
      'can have tickets only where the trigger names an issue',
    ),
    ['steps'],
  ),
)

/** When people want to be told, of what, and how. */
export type AlertRule = v.InferOutput<typeof AlertRule>

export interface StoredAlertRule extends AlertRule {
  id: number
  projectId: number
  /** Milliseconds since 1970; what fires before is kept, and nobody is told. */
  mutedUntil: number | null
  /** When it began to count; milliseconds since 1970. */
  countsSince: number
}
