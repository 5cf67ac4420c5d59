import type { GroupingRuleJson } from '@foghorn/server'

type Matcher = GroupingRuleJson['matchers'][number]

export interface MatcherDraft {
  on: Matcher['on']
  tag: string
  pattern: string
  negated: boolean
}

/** A rule as its form holds it: every field is there, and what says nothing is empty. */
export interface RuleDraft {
  /** Tells rules apart while they are edited. */
  key: number
  name: string
  matchers: MatcherDraft[]
  /** Parts with commas between them. */
  fingerprint: string
  inApp: '' | 'yes' | 'no'
  level: string
  drop: boolean
}

export const emptyMatcher = (): MatcherDraft => ({ on: 'value', tag: '', pattern: '', negated: false })

export const emptyRule = (key: number): RuleDraft => ({
  key,
  name: '',
  matchers: [emptyMatcher()],
  fingerprint: '',
  inApp: '',
  level: '',
  drop: false,
})

export const toDraft = ({ name, matchers, action }: GroupingRuleJson, key: number): RuleDraft => ({
  key,
  name,
  matchers: matchers.map(({ on, tag = '', pattern, negated = false }) => ({ on, tag, pattern, negated })),
  fingerprint: action.fingerprint?.join(', ') ?? '',
  inApp: action.inApp === undefined ? '' : action.inApp ? 'yes' : 'no',
  level: action.level ?? '',
  drop: action.drop ?? false,
})

const partsOf = (fingerprint: string): string[] =>
  fingerprint
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** What is sent; the service says what is missing. */
export const toRule = ({ name, matchers, fingerprint, inApp, level, drop }: RuleDraft): GroupingRuleJson => ({
  name: name.trim(),
  matchers: matchers.map(({ on, tag, pattern, negated }) => ({
    on,
    pattern: pattern.trim(),
    ...(on === 'tag' && { tag: tag.trim() }),
    ...(negated && { negated }),
  })),
  action: {
    ...(partsOf(fingerprint).length > 0 && { fingerprint: partsOf(fingerprint) }),
    ...(inApp !== '' && { inApp: inApp === 'yes' }),
    ...(level !== '' && { level: level as NonNullable<GroupingRuleJson['action']['level']> }),
    ...(drop && { drop }),
  },
})

/** The list with one entry moved up; the first stays where it is. */
export const movedUp = <Item>(items: readonly Item[], index: number): Item[] => {
  if (index <= 0) return [...items]
  const [moved] = items.slice(index, index + 1)
  const others = items.toSpliced(index, 1)
  return others.toSpliced(index - 1, 0, moved!)
}
