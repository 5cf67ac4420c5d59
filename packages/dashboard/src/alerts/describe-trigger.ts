import { TRIGGERS, type NewRule, type When } from './new-rule.ts'

type Trigger = NewRule['trigger']
type TriggerOf<Kind extends When> = Extract<Trigger, { when: Kind }>

const counted = ({ count, minutes, of, when }: TriggerOf<'events' | 'users'>): string =>
  `${count} ${when} of ${of === 'issue' ? 'one issue' : 'the project'} within ${minutes} minutes`

// Those that are not here are said by their names.
const WORDS: { [Kind in When]?: (trigger: TriggerOf<Kind>) => string } = {
  events: counted,
  users: counted,
  escalating: ({ factor, atLeast }) => `${factor} times the usual hour of an issue, at least ${atLeast} events`,
  'error-rate': ({ percent, minutes, atLeast }) =>
    `More than ${percent} % of at least ${atLeast} sessions do not end well within ${minutes} minutes`,
  'crash-free': ({ percent, minutes, atLeast }) =>
    `Less than ${percent} % of at least ${atLeast} sessions are free of crashes within ${minutes} minutes`,
  'web-vital': ({ vital, above, minutes, atLeast }) =>
    `The 75th percentile of at least ${atLeast} values of ${vital.toUpperCase()} is worse than ${above}${vital === 'cls' ? '' : ' ms'} within ${minutes} minutes`,
  'unresolved-frames': ({ percent, risenBy, minutes, atLeast }) =>
    `More than ${percent} % of at least ${atLeast} frames find no source within ${minutes} minutes${risenBy === undefined ? '' : `, ${risenBy} points more than in the day before`}`,
  'failed-uploads': ({ count, minutes }) => `${count} failed uploads within ${minutes} minutes`,
  'dead-letters': ({ count, minutes }) => `${count} dead letters within ${minutes} minutes`,
  inbox: ({ count, minutes }) => `${count} requests have waited in the inbox for ${minutes} minutes`,
  'error-budget': ({ rate, hours }) => `The error budget goes ${rate} times as fast as it may, over ${hours} hours`,
}

/** What a rule waits for, in words. */
export const describeTrigger = (trigger: Trigger): string => {
  const words = WORDS[trigger.when] as ((trigger: Trigger) => string) | undefined
  return words ? words(trigger) : TRIGGERS[trigger.when].name
}
