import type { AlertRuleJson } from '@foghorn/server'

export type NewRule = Omit<AlertRuleJson, 'id' | 'mutedUntil'>
type Trigger = NewRule['trigger']

/** What triggers are called, and which numbers each asks for. */
export const TRIGGERS = {
  'new-issue': { name: 'A new issue appears', asks: [] },
  regression: { name: 'A resolved or archived issue comes back', asks: [] },
  events: { name: 'Many events of one issue', asks: ['count', 'minutes'] },
  users: { name: 'Many users of one issue', asks: ['count', 'minutes'] },
  escalating: { name: 'More events than usual', asks: ['factor', 'atLeast'] },
} as const satisfies Record<Trigger['when'], { name: string; asks: readonly string[] }>

export type When = keyof typeof TRIGGERS

export const ASKED = {
  count: { label: 'At least so many', value: '100' },
  minutes: { label: 'within minutes', value: '10' },
  factor: { label: 'So many times the usual', value: '5' },
  atLeast: { label: 'and at least so many an hour', value: '20' },
} as const

const triggerOf = (when: When, values: Record<string, string>): Trigger => {
  const number = (name: string): number => Number(values[name])
  if (when === 'events' || when === 'users')
    return { when, count: number('count'), minutes: number('minutes'), of: 'issue' }
  if (when === 'escalating') return { when, factor: number('factor'), atLeast: number('atLeast') }
  return { when }
}

/** The rule that a form describes; the service says what is missing. */
export const toRule = (when: When, values: Record<string, string>, channels: readonly string[]): NewRule => ({
  name: values['name'] || TRIGGERS[when].name,
  trigger: triggerOf(when, values),
  conditions: values['environment'] ? [{ on: 'environment', pattern: values['environment'] }] : [],
  steps: [{ afterMinutes: 0, channels: channels.map(Number) }],
  everyMinutes: Number(values['everyMinutes'] || 60),
})

/** What a rule waits for, in words. */
export const describeTrigger = (trigger: Trigger): string => {
  if (trigger.when === 'events' || trigger.when === 'users') {
    const of = trigger.of === 'issue' ? 'one issue' : 'the project'
    return `${trigger.count} ${trigger.when} of ${of} within ${trigger.minutes} minutes`
  }
  if (trigger.when === 'escalating')
    return `${trigger.factor} times the usual hour of an issue, at least ${trigger.atLeast} events`
  return TRIGGERS[trigger.when].name
}
