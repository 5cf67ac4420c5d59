import * as v from 'valibot'
import { matchesGlob } from '../ingest/glob.ts'
import type { When } from './trigger.ts'

const text = (limit: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limit))

const FIELDS = ['level', 'severity', 'category', 'environment', 'release', 'browser', 'url', 'owner', 'tag'] as const
type Field = (typeof FIELDS)[number]

export const Condition = v.pipe(
  v.object({
    on: v.picklist(FIELDS, `must be ${FIELDS.slice(0, -1).join(', ')} or tag`),
    tag: v.optional(text(200)),
    /** `*` stands for any characters; case does not count. */
    pattern: text(500),
    /** Holds when it does not match. Default: false. */
    negated: v.optional(v.boolean()),
  }),
  v.check(({ on, tag }) => (on === 'tag') === (tag !== undefined), 'needs "tag" when "on" is tag, and only then'),
)

export type Condition = v.InferOutput<typeof Condition>

const OF_SESSIONS: readonly Field[] = ['environment', 'release']

// What is not named here is about events, of which all is known.
const KNOWN: Partial<Record<When, readonly Field[]>> = {
  'error-rate': OF_SESSIONS,
  'crash-free': OF_SESSIONS,
  'web-vital': ['environment', 'release', 'browser', 'url'],
  'failed-uploads': ['release'],
  'dead-letters': [],
  inbox: [],
  'error-budget': [],
}

/** What is wrong with the conditions of a trigger that does not know what they ask for; undefined when nothing is. */
export const unknownCondition = (when: When, conditions: readonly Condition[]): string | undefined => {
  const known = KNOWN[when] ?? FIELDS
  const unknown = conditions.find(({ on }) => !known.includes(on))
  if (!unknown) return undefined
  const takes = known.length === 0 ? 'no conditions' : `conditions on ${known.join(', ')} only`
  return `of ${when} cannot be on ${unknown.on}: it takes ${takes}`
}

/** What conditions ask about. */
export interface Facts {
  /** Level, environment, release and the like, and an event's own tags. */
  tags: ReadonlyMap<string, string>
  /** In full for events; the path for web vitals. */
  url?: string | undefined
  /** Whoever owns what it comes from, as rules of ownership name them. */
  owners?: readonly string[] | undefined
}

// A glob's time grows with the product of both lengths.
const COMPARED_CHARS = 2000

const textsOf = ({ tags, url, owners = [] }: Facts, { on, tag }: Condition): readonly string[] => {
  if (on === 'owner') return owners
  const found = on === 'url' ? url : tags.get(on === 'tag' ? tag! : on)
  return found === undefined ? [] : [found]
}

const holds = (facts: Facts, condition: Condition): boolean => {
  const texts = textsOf(facts, condition)
  const isLike = texts.some((found) => matchesGlob(condition.pattern, found.slice(0, COMPARED_CHARS)))
  return isLike !== (condition.negated ?? false)
}

/** Whether something is what the rule is about. */
export const concerns = ({ conditions }: { conditions: readonly Condition[] }, facts: Facts): boolean =>
  conditions.every((condition) => holds(facts, condition))
