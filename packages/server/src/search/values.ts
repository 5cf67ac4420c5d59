// What the values of a term may be, whatever its key.
import type { TextMatch } from '../ports/issue-search.ts'
import type { Comparison, SearchProblem, Term, TermValue } from './terms.ts'

export const textMatches = ({ values }: Term): TextMatch[] =>
  values.map(({ text, quoted }) => ({ text, isPattern: !quoted && text.includes('*') }))

export const quoteList = (names: readonly string[]): string => names.join(', ')

/** How a key is written in a message. */
const nameOf = ({ key }: Term): string => `${key}:`

/** The values, when each is one of those allowed. */
export const readChoice = <Name extends string>(term: Term, allowed: readonly Name[]): Name[] | SearchProblem => {
  for (const { text, at } of term.values)
    if (!(allowed as readonly string[]).includes(text))
      return { at, message: `${nameOf(term)} cannot be ${JSON.stringify(text)}. Allowed: ${quoteList(allowed)}.` }
  return term.values.map(({ text }) => text as Name)
}

const only = (term: Term): TermValue | SearchProblem =>
  term.values.length === 1 ? term.values[0]! : { at: term.at, message: `${nameOf(term)} takes one value, not a list.` }

export interface NumberRange {
  comparison: Comparison | '='
  value: number
}

export const readNumber = (term: Term): NumberRange | SearchProblem => {
  const value = only(term)
  if ('message' in value) return value
  if (!/^\d{1,12}$/.test(value.text))
    return {
      at: value.at,
      message: `${nameOf(term)} needs a whole number, such as ${term.key}:>100, not ${JSON.stringify(value.text)}.`,
    }
  return { comparison: term.comparison ?? '=', value: Number(value.text) }
}

/** From `from` on, and before `to`; milliseconds since 1970. */
export interface TimeRange {
  from?: number
  to?: number
}

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

const DURATION = /^(\d{1,6})([smhdw])$/

/** `24h`, `30m`, `7d`, `2w` in milliseconds. */
export const readDuration = (text: string): number | undefined => {
  const match = DURATION.exec(text)
  return match ? Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS] : undefined
}

const DAY = /^\d{4}-\d\d-\d\d$/
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)?$/

/** What a date covers: all of its day; a moment, the second that it names. Without a zone it is UTC. */
const readDate = (text: string): { from: number; to: number } | undefined => {
  const isDay = DAY.test(text)
  if (!isDay && !MOMENT.test(text)) return undefined
  const from = Date.parse(isDay || /(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`)
  return Number.isNaN(from) ? undefined : { from, to: from + (isDay ? UNIT_MS.d : UNIT_MS.s) }
}

const compared = ({ from, to }: { from: number; to: number }, comparison: Comparison | undefined): TimeRange => {
  if (comparison === '>') return { from: to }
  if (comparison === '>=') return { from }
  if (comparison === '<') return { to: from }
  return comparison === '<=' ? { to } : { from, to }
}

/** `-24h` is within the last 24 hours, `+24h` before them. */
export const readTime = (term: Term, now: number): TimeRange | SearchProblem => {
  const value = only(term)
  if ('message' in value) return value
  const { text, at } = value
  const duration = /^[-+]/.test(text) && !term.comparison ? readDuration(text.slice(1)) : undefined
  if (duration !== undefined) return text.startsWith('-') ? { from: now - duration } : { to: now - duration }
  const date = readDate(text)
  if (date) return compared(date, term.comparison)
  return {
    at,
    message: `${nameOf(term)} needs a time such as -24h, +7d or >2026-01-31, not ${JSON.stringify(text)}.`,
  }
}
