// What a search text asks of single events. They are read one by one, so this is a test of each.
import { LEVELS } from '@foghorn/protocol'
import { tagsOf } from '../event-facets.ts'
import { matchesGlob } from '../ingest/glob.ts'
import type { EventTest } from '../ports/event-search.ts'
import type { TextMatch } from '../ports/issue-search.ts'
import { nearest } from './nearest.ts'
import { isProblem, readTerms, type SearchProblem, type Term } from './terms.ts'
import { readChoice, readTime, textMatches } from './values.ts'

type Read = (term: Term, now: number) => EventTest | SearchProblem

const meets = (text: string | undefined, matches: readonly TextMatch[]): boolean =>
  text !== undefined && matches.some((match) => (match.isPattern ? matchesGlob(match.text, text) : match.text === text))

const tag: Read = (term) => {
  const matches = textMatches(term)
  // No tag has an empty value: asked for it, the tag itself has to be missing.
  const isMissing = matches.length === 1 && matches[0]!.text === ''
  return ({ payload }) => {
    const own = tagsOf(payload).filter(([key]) => key === term.key)
    return isMissing ? own.length === 0 : own.some(([, value]) => meets(value, matches))
  }
}

const has: Read = ({ values, at }) => {
  const key = values.length === 1 ? values[0]!.text : ''
  if (key === '') return { at, message: 'has: needs the name of one tag, such as has:release.' }
  if (key === 'user') return ({ payload }) => payload.user !== undefined
  return ({ payload }) => tagsOf(payload).some(([name]) => name === key)
}

const user =
  (fields: readonly ('id' | 'email' | 'username' | 'ip_address')[]): Read =>
  (term) => {
    const matches = textMatches(term)
    return ({ payload }) => fields.some((field) => meets(payload.user?.[field], matches))
  }

const holding = (text: string): string => text.toLowerCase()

const words: Read = ({ values, at }) => {
  const texts = values.map(({ text }) => holding(text))
  if (texts.every((text) => text === ''))
    return { at, message: 'there is nothing to look for between the quotation marks.' }
  return ({ title, payload }) => {
    const said = holding([title, payload.message, payload.logentry?.formatted, payload.request?.url].join('\n'))
    return texts.some((text) => said.includes(text))
  }
}

const timestamp: Read = (term, now) => {
  const range = readTime(term, now)
  if (isProblem(range)) return range
  const { from = -Infinity, to = Infinity } = range
  return ({ happenedAt }) => happenedAt >= from && happenedAt < to
}

const level: Read = (term) => {
  const levels = readChoice(term, LEVELS)
  return Array.isArray(levels) ? ({ payload }) => levels.includes(payload.level) : levels
}

const id: Read = ({ values }) => {
  const wanted = new Set(values.map(({ text }) => text.toLowerCase().replaceAll('-', '')))
  return ({ eventId }) => wanted.has(eventId)
}

const KEYS: Record<string, Read> = {
  id,
  level,
  timestamp,
  has,
  message: words,
  title: words,
  user: user(['id', 'email', 'username', 'ip_address']),
  'user.id': user(['id']),
  'user.email': user(['email']),
  'user.username': user(['username']),
  'user.ip': user(['ip_address']),
  release: tag,
  environment: tag,
  browser: tag,
  os: tag,
  device: tag,
  category: tag,
  severity: tag,
}

/** The keys that mean something whatever tags a project has. */
export const EVENT_KEYS: readonly string[] = Object.keys(KEYS)

const readOne = (term: Term, now: number): EventTest | SearchProblem => {
  const { key, at, comparison } = term
  if (key === undefined) return words(term, now)
  if (comparison && (term.isTag || key !== 'timestamp'))
    return { at, message: `${key}: cannot be compared with ${comparison}. Only timestamp: can.` }
  if (term.isTag || !Object.hasOwn(KEYS, key)) {
    const meant = term.isTag ? undefined : nearest(key, EVENT_KEYS)
    if (meant === undefined) return tag(term, now)
    return {
      at,
      message: `there is no key ${key}. Did you mean ${meant}:? A tag of that name is searched as tags[${key}]:.`,
    }
  }
  return KEYS[key]!(term, now)
}

const readTests = (terms: readonly Term[], now: number): EventTest[] | SearchProblem => {
  const tests: EventTest[] = []
  for (const term of terms) {
    const test = readOne(term, now)
    if (isProblem(test)) return test
    tests.push(term.negated ? (event) => !test(event) : test)
  }
  return tests
}

/** Whether an event is what a search text asks for, or the first thing in the text that makes no sense. */
export const readEventSearch = (text: string, now: number): EventTest | SearchProblem => {
  const terms = readTerms(text)
  if (!Array.isArray(terms)) return terms
  const tests = readTests(terms, now)
  return Array.isArray(tests) ? (event) => tests.every((test) => test(event)) : tests
}
