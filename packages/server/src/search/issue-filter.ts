// What a search text asks of issues.
import { LEVELS, type Level } from '@foghorn/protocol'
import { CATEGORIES, SEVERITIES } from '../ingest/classify.ts'
import type { Assignee, IssueFilter, TextMatch } from '../ports/issue-search.ts'
import type { IssueStatus } from '../ports/issues.ts'
import { nearest } from './nearest.ts'
import { isProblem, readTerms, type SearchProblem, type Term } from './terms.ts'
import { quoteList, readChoice, readNumber, readTime, textMatches } from './values.ts'

export interface Asker {
  now: number
  /** The account that asks; absent for a token. */
  accountId?: number
}

type Read = (term: Term, asker: Asker) => IssueFilter | SearchProblem

const STATUSES = ['unresolved', 'resolved', 'ignored'] as const satisfies readonly IssueStatus[]

const STATES = {
  unresolved: { on: 'status', statuses: ['unresolved'] },
  resolved: { on: 'status', statuses: ['resolved'] },
  ignored: { on: 'status', statuses: ['ignored'] },
  archived: { on: 'status', statuses: ['ignored'] },
  muted: { on: 'status', statuses: ['ignored'] },
  in_progress: { on: 'substatus', substatus: 'in_progress' },
  regressed: { on: 'substatus', substatus: 'regressed' },
  assigned: { on: 'assignee', assignees: [{ kind: 'none' }] },
  unassigned: { on: 'assignee', assignees: [{ kind: 'none' }] },
} as const satisfies Record<string, Partial<IssueFilter>>

const one = <Name>(names: Name[] | SearchProblem, term: Term): Name | SearchProblem => {
  if (!Array.isArray(names)) return names
  return names.length === 1 ? names[0]! : { at: term.at, message: `${term.key}: takes one value, not a list.` }
}

const statusFilter = (term: Term, names: readonly string[]): IssueFilter => {
  const named = new Set(names.map((name) => (name === 'archived' || name === 'muted' ? 'ignored' : name)))
  return { on: 'status', statuses: STATUSES.filter((status) => named.has(status) !== term.negated) }
}

const readState: Read = (term) => {
  const names = readChoice(term, Object.keys(STATES) as (keyof typeof STATES)[])
  if (!Array.isArray(names)) return names
  if (names.every((name) => STATES[name].on === 'status')) return statusFilter(term, names)
  const name = one(names, term)
  if (typeof name === 'object') return name
  const negated = (name === 'assigned') !== term.negated
  return { ...STATES[name], negated } as IssueFilter
}

const readAssignee = (text: string, { accountId }: Asker): Assignee | string => {
  if (text === 'none') return { kind: 'none' }
  if (text.startsWith('#')) return { kind: 'team', slug: text.slice(1) }
  if (text !== 'me' && text !== 'my_teams') return { kind: 'account', name: text }
  if (accountId === undefined)
    return `${text} means whoever is logged in, and a token is nobody. Name an e-mail address.`
  return text === 'me' ? { kind: 'me', accountId } : { kind: 'my teams', accountId }
}

const readAssigned: Read = (term, asker) => {
  const assignees: Assignee[] = []
  for (const { text, at } of term.values) {
    const assignee = readAssignee(text, asker)
    if (typeof assignee === 'string') return { at, message: assignee }
    assignees.push(assignee)
  }
  return { on: 'assignee', assignees, negated: term.negated }
}

const number =
  (field: 'times' | 'users'): Read =>
  (term) => {
    const range = readNumber(term)
    return isProblem(range) ? range : { on: 'number', field, ...range, negated: term.negated }
  }

const time =
  (field: 'firstSeen' | 'lastSeen'): Read =>
  (term, { now }) => {
    const range = readTime(term, now)
    return isProblem(range) ? range : { on: 'time', field, ...range, negated: term.negated }
  }

const release =
  (field: 'firstRelease' | 'lastRelease'): Read =>
  (term) => ({ on: 'column', field, matches: textMatches(term), negated: term.negated })

const choice =
  <Name extends string>(names: readonly Name[], make: (chosen: Name[], term: Term) => IssueFilter): Read =>
  (term) => {
    const chosen = readChoice(term, names)
    return Array.isArray(chosen) ? make(chosen, term) : chosen
  }

const exactly = (texts: readonly string[]): TextMatch[] => texts.map((text) => ({ text, isPattern: false }))

const tagOf = (key: string, { values, negated }: Term, matches: TextMatch[]): IssueFilter =>
  values.length === 1 && values[0]!.text === ''
    ? { on: 'tag', key, matches: 'any', negated: !negated }
    : { on: 'tag', key, matches, negated }

const tag: Read = (term) => tagOf(term.key!, term, textMatches(term))

const taggedAs = (names: readonly string[]): Read =>
  choice(names, (chosen, term) => tagOf(term.key!, term, exactly(chosen)))

const PREFIX_CHARS = 3

/** People are many: a pattern has to tell where in their index to begin. */
const user =
  (by: 'any' | 'id' | 'email' | 'ip'): Read =>
  (term) => {
    const matches = textMatches(term)
    const vague = matches.findIndex(({ text, isPattern }) => isPattern && text.indexOf('*') < PREFIX_CHARS)
    if (vague >= 0)
      return {
        at: term.values[vague]!.at,
        message: `${term.key}: needs at least ${PREFIX_CHARS} letters before the first *.`,
      }
    if (by !== 'any' && matches.some(({ isPattern }) => isPattern))
      return { at: term.at, message: `${term.key}: takes no *. Use user:${term.values[0]!.text} instead.` }
    return { on: 'user', by, matches, negated: term.negated }
  }

const words: Read = ({ values, negated, at }) =>
  values.every(({ text }) => text === '')
    ? { at, message: 'there is nothing to look for between the quotation marks.' }
    : { on: 'words', texts: values.map(({ text }) => text.toLowerCase()), negated }

const SHORT_ID = /^[a-z\d][a-z\d_-]*-(\d{1,9})$/i

const issue: Read = ({ values, negated }) => {
  const wrong = values.find(({ text }) => !SHORT_ID.test(text))
  return wrong
    ? { at: wrong.at, message: `issue: needs a short ID such as SHOP-12, not ${JSON.stringify(wrong.text)}.` }
    : { on: 'issue', shortIds: values.map(({ text }) => text), negated }
}

const PRIORITIES = ['high', 'medium', 'low'] as const

const priority = choice(PRIORITIES, (levels, { negated }) => ({ on: 'priority', levels, negated }))

const project: Read = (term) => ({ on: 'project', slugs: term.values.map(({ text }) => text), negated: term.negated })

const latestRelease: Read = (term, asker) =>
  term.values.length === 1 && term.values[0]!.text === 'latest' && !term.values[0]!.quoted
    ? { on: 'latest release', negated: term.negated }
    : tag(term, asker)

const has: Read = ({ values, negated, at }) => {
  const key = values.length === 1 ? values[0]!.text : ''
  if (key === '') return { at, message: 'has: needs the name of one tag, such as has:release.' }
  if (key === 'user') return { on: 'number', field: 'users', comparison: '>', value: 0, negated }
  return key === 'assignee' || key === 'assigned'
    ? { on: 'assignee', assignees: [{ kind: 'none' }], negated: !negated }
    : { on: 'tag', key, matches: 'any', negated }
}

const KEYS: Record<string, Read> = {
  is: readState,
  assigned: readAssigned,
  assigned_to: readAssigned,
  times: number('times'),
  timesSeen: number('times'),
  users: number('users'),
  firstSeen: time('firstSeen'),
  lastSeen: time('lastSeen'),
  first_seen: time('firstSeen'),
  last_seen: time('lastSeen'),
  firstRelease: release('firstRelease'),
  lastRelease: release('lastRelease'),
  release: latestRelease,
  level: choice(LEVELS, (levels: Level[], { negated }) => ({ on: 'level', levels, negated })),
  priority,
  category: taggedAs(CATEGORIES),
  severity: taggedAs(SEVERITIES),
  environment: tag,
  browser: tag,
  os: tag,
  device: tag,
  user: user('any'),
  'user.id': user('id'),
  'user.email': user('email'),
  'user.ip': user('ip'),
  message: words,
  issue,
  project,
  has,
}

/** The keys that mean something whatever tags a project has. */
export const ISSUE_KEYS: readonly string[] = Object.keys(KEYS)

const COMPARABLE = new Set(['times', 'timesSeen', 'users', 'firstSeen', 'lastSeen', 'first_seen', 'last_seen'])

const unknownKey = ({ key, at }: Term, meant: string): SearchProblem => ({
  at,
  message: `there is no key ${key}. Did you mean ${meant}:? A tag of that name is searched as tags[${key}]:.`,
})

const readOne = (term: Term, asker: Asker): IssueFilter | SearchProblem => {
  const { key, at, comparison } = term
  if (key === undefined) return words(term, asker)
  if (comparison && (term.isTag || !COMPARABLE.has(key)))
    return {
      at,
      message: `${key}: cannot be compared with ${comparison}. These can: ${quoteList([...COMPARABLE].slice(0, 5))}.`,
    }
  if (term.isTag) return tag(term, asker)
  if (Object.hasOwn(KEYS, key)) return KEYS[key]!(term, asker)
  const meant = nearest(key, ISSUE_KEYS)
  return meant === undefined ? tag(term, asker) : unknownKey(term, meant)
}

/** What a search text asks of issues, or the first thing in it that makes no sense. */
export const readIssueSearch = (text: string, asker: Asker): IssueFilter[] | SearchProblem => {
  const terms = readTerms(text)
  if (!Array.isArray(terms)) return terms
  const filters: IssueFilter[] = []
  for (const term of terms) {
    const filter = readOne(term, asker)
    if (isProblem(filter)) return filter
    filters.push(filter)
  }
  return filters
}
