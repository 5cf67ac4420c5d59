import type { AlertRuleJson } from '@foghorn/server'

export type NewRule = Omit<AlertRuleJson, 'id' | 'mutedUntil'>
type Trigger = NewRule['trigger']
export type When = Trigger['when']

/** A number that a trigger asks for, or one of some words. Left empty, it is left out. */
export interface Ask {
  /** As the trigger calls it. */
  field: string
  label: string
  value: string
  options?: readonly string[]
}

interface Described {
  name: string
  asks: readonly Ask[]
  /** What the form offers to narrow it down by. */
  takes: readonly ('environment' | 'owner')[]
}

const ask = (field: string, label: string, value: string): Ask => ({ field, label, value })

const MINUTES = ask('minutes', 'within minutes', '10')
const HOUR = ask('minutes', 'within minutes', '60')
const SESSIONS = ask('atLeast', 'of at least so many sessions', '100')
const OF_EVENTS = ['environment', 'owner'] as const

/** What triggers are called, and what each asks for. */
export const TRIGGERS: Record<When, Described> = {
  'new-issue': { name: 'A new issue appears', asks: [], takes: OF_EVENTS },
  regression: { name: 'A resolved or archived issue comes back', asks: [], takes: OF_EVENTS },
  events: {
    name: 'Many events of one issue',
    asks: [ask('count', 'At least so many', '100'), MINUTES],
    takes: OF_EVENTS,
  },
  users: {
    name: 'Many users of one issue',
    asks: [ask('count', 'At least so many', '100'), MINUTES],
    takes: OF_EVENTS,
  },
  escalating: {
    name: 'More events than usual',
    asks: [ask('factor', 'So many times the usual', '5'), ask('atLeast', 'and at least so many an hour', '20')],
    takes: OF_EVENTS,
  },
  'error-rate': {
    name: 'Sessions do not end well',
    asks: [ask('percent', 'More than percent', '1'), ask('minutes', 'within minutes', '5'), SESSIONS],
    takes: ['environment'],
  },
  'crash-free': {
    name: 'Sessions crash',
    asks: [ask('percent', 'Free of crashes: less than percent', '99'), HOUR, SESSIONS],
    takes: ['environment'],
  },
  'web-vital': {
    name: 'A web vital is poor',
    asks: [
      { field: 'vital', label: 'Web vital', value: 'lcp', options: ['lcp', 'inp', 'cls', 'fcp', 'ttfb'] },
      ask('above', '75th percentile worse than (ms; CLS has no unit)', '2500'),
      HOUR,
      ask('atLeast', 'of at least so many values', '100'),
    ],
    takes: ['environment'],
  },
  'unresolved-frames': {
    name: 'Frames find no source',
    asks: [
      ask('percent', 'More than percent', '20'),
      ask('risenBy', 'and so many points above the day before (may be empty)', ''),
      HOUR,
      ask('atLeast', 'of at least so many frames', '100'),
    ],
    takes: OF_EVENTS,
  },
  'failed-uploads': {
    name: 'Uploads of source maps fail',
    asks: [ask('count', 'At least so many', '1'), HOUR],
    takes: [],
  },
  'dead-letters': { name: 'Dead letters', asks: [ask('count', 'At least so many', '1'), HOUR], takes: [] },
  inbox: {
    name: 'The inbox fills up',
    asks: [ask('count', 'At least so many requests', '1000'), ask('minutes', 'have waited for minutes', '5')],
    takes: [],
  },
  'error-budget': {
    name: 'The error budget is used up too fast',
    asks: [
      ask('rate', 'So many times as fast as it may be', '10'),
      { field: 'hours', label: 'over hours', value: '1', options: ['1', '6', '24', '72'] },
    ],
    takes: [],
  },
}

type Values = Record<string, string>

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text))

const triggerOf = (when: When, values: Values): Trigger => {
  const given = TRIGGERS[when].asks
    .map(({ field }) => [field, values[field] ?? ''] as const)
    .filter(([, text]) => text !== '')
    .map(([field, text]) => [field, isNumber(text) ? Number(text) : text])
  // The service says what does not fit.
  const asked = Object.fromEntries(given) as object
  return (when === 'events' || when === 'users' ? { when, ...asked, of: 'issue' } : { when, ...asked }) as Trigger
}

const conditionsOf = (when: When, values: Values): NewRule['conditions'] =>
  TRIGGERS[when].takes.flatMap((on) => (values[on] ? [{ on, pattern: values[on] }] : []))

/** What a rule without anything to do is refused with. */
export const NOTHING_TO_DO = 'Tick at least one channel to tell, or one system to make a ticket in.'

/** Whether nobody would be told by a rule, and no ticket made. */
export const doesNothing = ({ steps }: Pick<NewRule, 'steps'>): boolean =>
  steps.every(({ channels, tickets = [] }) => channels.length + tickets.length === 0)

/** The rule that a form describes; the service says what is missing. */
export const toRule = (when: When, values: Values, channels: readonly string[]): NewRule => ({
  name: values['name'] || TRIGGERS[when].name,
  trigger: triggerOf(when, values),
  conditions: conditionsOf(when, values),
  steps: [{ afterMinutes: 0, channels: channels.map(Number) }],
  everyMinutes: Number(values['everyMinutes'] || 60),
})
