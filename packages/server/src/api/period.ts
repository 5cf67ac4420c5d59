import * as v from 'valibot'
import type { Period } from '../ports/issue-search.ts'
import { readDuration } from '../search/values.ts'
import { invalidField } from './invalid-input.ts'

const Moment = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?)?$/,
    'must be a date such as 2026-01-31 or 2026-01-31T12:00:00Z',
  ),
)

/** How a request names a period, as Sentry's clients do: so long until now, or from when until when. */
export const PeriodFields = {
  statsPeriod: v.optional(v.pipe(v.string(), v.regex(/^\d{1,6}[smhdw]$/, 'must be a time such as 24h or 14d'))),
  start: v.optional(Moment),
  end: v.optional(Moment),
}

interface Named {
  statsPeriod?: string | undefined
  start?: string | undefined
  end?: string | undefined
}

/** Without a zone it is UTC. */
const readMoment = (field: string, text: string): number => {
  const time = Date.parse(/T.*(?:Z|[+-]\d\d:\d\d)$|^[\d-]+$/.test(text) ? text : `${text}Z`)
  if (Number.isNaN(time)) throw invalidField(field, `${text} is no day of the calendar, or no time of a day.`)
  return time
}

/** The period that a request names; undefined when it names none. Answers 400 for one that ends before it begins. */
export const periodOf = ({ statsPeriod, start, end }: Named, now: number): Period | undefined => {
  if (statsPeriod !== undefined) return { from: now - readDuration(statsPeriod)!, to: now + 1 }
  if (start === undefined && end === undefined) return undefined
  const period = {
    from: start === undefined ? 0 : readMoment('start', start),
    to: end === undefined ? now + 1 : readMoment('end', end),
  }
  if (period.from > period.to) throw invalidField('end', 'The period ends before it begins.')
  return period
}
