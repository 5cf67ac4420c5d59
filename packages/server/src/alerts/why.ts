import type { Evidence } from './firing.ts'
import type { Trigger, When } from './trigger.ts'

type TriggerOf<Kind extends When> = Extract<Trigger, { when: Kind }>

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

const within = (minutes = 0): string => `within ${counted(minutes, 'minute')}`

const percent = (share = 0): string => `${Number(share.toFixed(2))} %`

const value = (vital: string, number = 0): string => (vital === 'cls' ? String(number) : `${Math.round(number)} ms`)

/** What each trigger says when it fires. */
const WORDS: { [Kind in When]: (evidence: Evidence, trigger: TriggerOf<Kind>) => string } = {
  'new-issue': () => 'A new issue appeared',
  regression: () => 'A resolved or archived issue came back',
  events: ({ events = 0, minutes }) => `${counted(events, 'event')} ${within(minutes)}`,
  users: ({ users = 0, minutes }) => `${counted(users, 'user')} ${within(minutes)}`,
  escalating: ({ events = 0, usual = 0 }) =>
    `${counted(events, 'event')} within an hour, against ${usual.toFixed(1)} in a usual one`,
  'error-rate': ({ percent: share, of = 0, minutes }, { percent: limit }) =>
    `${percent(share)} of ${counted(of, 'session')} ${within(minutes)} did not end well, more than ${percent(limit)}`,
  'crash-free': ({ percent: share, of = 0, minutes }, { percent: limit }) =>
    `${percent(share)} of ${counted(of, 'session')} ${within(minutes)} were free of crashes, less than ${percent(limit)}`,
  'web-vital': ({ p75, of = 0, minutes }, { vital, above }) =>
    `The 75th percentile of ${vital.toUpperCase()} is ${value(vital, p75)} over ${counted(of, 'visit')} ${within(minutes)}, worse than ${value(vital, above)}`,
  'unresolved-frames': ({ percent: share, of = 0, minutes, usual }) =>
    `${percent(share)} of ${counted(of, 'frame')} ${within(minutes)} found no source${usual === undefined ? '' : `, against ${percent(usual)} in the day before`}`,
  'failed-uploads': ({ count = 0, minutes }) => `${counted(count, 'upload')} failed ${within(minutes)}`,
  'dead-letters': ({ count = 0, minutes }) => `${counted(count, 'dead letter')} ${within(minutes)}`,
  inbox: ({ count = 0, minutes = 0 }) =>
    `${counted(count, 'request')} or more have waited in the inbox for ${counted(minutes, 'minute')}`,
  'error-budget': ({ rate = 0, hours = 0 }) =>
    `The error budget goes ${Number(rate.toFixed(1))} times as fast as it may, over ${counted(hours, 'hour')}`,
}

/** Why a rule fired, in words. */
export const whyOf = (trigger: Trigger, evidence: Evidence): string => {
  const words = WORDS[trigger.when] as (evidence: Evidence, trigger: Trigger) => string
  return words(evidence, trigger)
}
