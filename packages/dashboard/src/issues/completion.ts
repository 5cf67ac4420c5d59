import { tagKey, termValue } from './search.ts'

/** The part of a search text that is being written. */
export interface Draft {
  /** Where it stands in the text. */
  from: number
  to: number
  negated: boolean
  /** Absent while the key itself is written. */
  key?: string
  /** What is written of the key, or of its value, without quotation marks. */
  text: string
}

export interface Suggestion {
  /** What it says in the list. */
  label: string
  /** What it means. */
  note?: string
  /** What comes in place of what was written. */
  insert: string
}

// A term reaches to the next space that stands in no quotation marks.
const TERM = /(?:"(?:[^"\\]|\\.)*"?|\S)+/g

/** The term at the caret; an empty one between spaces. */
export const draftAt = (text: string, caret: number): Draft => {
  const found = [...text.matchAll(TERM)].find((match) => match.index < caret && match.index + match[0].length >= caret)
  const term = found?.[0] ?? ''
  const from = found?.index ?? caret
  const [, mark = '', , tag, name, value] = /^(!?)((?:tags\[([^\]\s]*)\]|([A-Za-z_][\w.-]*)):)?(.*)$/s.exec(term) ?? []
  const key = tag ?? name
  return {
    from,
    to: from + term.length,
    negated: mark === '!',
    ...(key !== undefined && { key }),
    text: (value ?? '').replaceAll('"', ''),
  }
}

/** The text after a suggestion was taken, and where the caret then stands. */
export const complete = (text: string, { from, to, negated }: Draft, { insert }: Suggestion) => {
  const start = text.slice(0, from) + (negated ? '!' : '') + insert
  return { text: start + text.slice(to).trimStart(), caret: start.length }
}

const KEYS: readonly (readonly [key: string, note: string])[] = [
  ['is', 'state: unresolved, resolved, ignored, assigned …'],
  ['assigned', 'who has it: me, #team, an address'],
  ['release', 'release, or latest'],
  ['firstRelease', 'release that it came with'],
  ['environment', 'production, staging …'],
  ['browser', 'browser and version'],
  ['os', 'operating system'],
  ['device', 'kind of device'],
  ['level', 'error, warning …'],
  ['severity', 'how bad it is for people'],
  ['category', 'network, code, resource …'],
  ['priority', 'high, medium, low'],
  ['times', 'how often: >100'],
  ['users', 'how many people: >=10'],
  ['firstSeen', 'within -24h, before +7d'],
  ['lastSeen', 'within -1h, before +7d'],
  ['has', 'has a tag'],
  ['user', 'who met it'],
  ['message', 'words of title or message'],
  ['issue', 'short ID'],
]

const FIXED: Record<string, readonly string[]> = {
  is: ['unresolved', 'resolved', 'ignored', 'in_progress', 'regressed', 'assigned', 'unassigned'],
  assigned: ['me', 'my_teams', 'none'],
  level: ['fatal', 'error', 'warning', 'info', 'debug'],
  priority: ['high', 'medium', 'low'],
  times: ['>10', '>100', '>1000'],
  users: ['>1', '>10', '>100'],
  firstSeen: ['-1h', '-24h', '-7d', '+30d'],
  lastSeen: ['-1h', '-24h', '-7d', '+7d'],
  release: ['latest'],
}

/** Keys whose values are tags of events. */
const NOT_TAGS = new Set([
  'is',
  'assigned',
  'priority',
  'times',
  'users',
  'firstSeen',
  'lastSeen',
  'has',
  'message',
  'issue',
  'user',
])

/** The tag whose values the service is asked for; undefined where it has none to tell. */
export const tagOf = ({ key }: Draft): string | undefined => {
  if (key === undefined || NOT_TAGS.has(key)) return undefined
  return key === 'firstRelease' || key === 'lastRelease' ? 'release' : key
}

const SHOWN = 10

const holds = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase())

/** Those that hold the text, those that begin with it first. */
const ranked = <Item>(items: readonly Item[], nameOf: (item: Item) => string, text: string): Item[] => {
  const found = items.filter((item) => holds(nameOf(item), text))
  const begins = (item: Item) => nameOf(item).toLowerCase().startsWith(text.toLowerCase())
  return [...found.filter(begins), ...found.filter((item) => !begins(item))].slice(0, SHOWN)
}

const keySuggestions = ({ text }: Draft, tags: readonly string[]): Suggestion[] => {
  const known = KEYS.map(([key, note]): Suggestion => ({ label: `${key}:`, note, insert: `${key}:` }))
  const names = new Set(KEYS.map(([key]) => key))
  const others = tags
    .filter((tag) => !names.has(tag) && /^[^\]\s]{1,200}$/.test(tag))
    .map((tag): Suggestion => ({ label: `${tag}:`, note: 'tag', insert: `${tagKey(tag)}:` }))
  return ranked([...known, ...others], ({ label }) => label, text)
}

interface Known {
  tags: readonly string[]
  /** Values of the draft's tag, the most frequent first. */
  values: readonly string[]
  /** Whom issues can be given to, as a search names them. */
  people: readonly string[]
}

/** What may come next at the caret. */
export const suggest = (draft: Draft, { tags, values, people }: Known): Suggestion[] => {
  const { key, text } = draft
  if (key === undefined) return keySuggestions(draft, tags)
  const own = FIXED[key] ?? []
  const all = [...own, ...(key === 'assigned' ? people : []), ...(key === 'has' ? tags : []), ...values]
  return ranked([...new Set(all)], (value) => value, text).map((value) => ({
    label: value,
    insert: `${prefixOf(key)}:${own.includes(value) ? value : termValue(value)} `,
  }))
}

const BUILT_IN = new Set(KEYS.map(([key]) => key))

const prefixOf = (key: string): string => (BUILT_IN.has(key) || key === 'lastRelease' ? key : tagKey(key))
