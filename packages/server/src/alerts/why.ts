import type { Evidence } from './evaluate.ts'
import type { Trigger } from './rule.ts'

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

/** Why a rule fired, in words. */
export const whyOf = (
  trigger: Trigger['when'],
  { events = 0, users = 0, minutes = 0, usual = 0 }: Evidence,
): string => {
  if (trigger === 'new-issue') return 'A new issue appeared'
  if (trigger === 'regression') return 'A resolved or archived issue came back'
  if (trigger === 'events') return `${count(events, 'event')} within ${count(minutes, 'minute')}`
  if (trigger === 'users') return `${count(users, 'user')} within ${count(minutes, 'minute')}`
  return `${count(events, 'event')} within an hour, against ${usual.toFixed(1)} in a usual one`
}
