import { matchesGlob } from '../ingest/glob.ts'
import type { AlertCondition, AlertRule } from './rule.ts'

/** An event that has been stored, as alerts see it. */
export interface Occasion {
  issueId: number
  eventId: string
  /** Milliseconds since 1970. */
  happenedAt: number
  receivedAt: number
  /** How often it happened. */
  times: number
  change: 'new' | 'seen' | 'regressed' | 'returned'
  /** Whom it happened to, as the issue counts people. */
  user?: string | undefined
  /** Level, environment, release and the like, and its own tags. */
  tags: ReadonlyMap<string, string>
  url?: string | undefined
}

// A glob's time grows with the product of both lengths.
const COMPARED_CHARS = 2000

const textOf = ({ tags, url }: Occasion, { on, tag }: AlertCondition): string | undefined =>
  on === 'url' ? url : tags.get(on === 'tag' ? tag! : on)

const holds = (occasion: Occasion, condition: AlertCondition): boolean => {
  const text = textOf(occasion, condition)
  const isLike = text !== undefined && matchesGlob(condition.pattern, text.slice(0, COMPARED_CHARS))
  return isLike !== (condition.negated ?? false)
}

/** Whether an event is one that the rule is about. */
export const concerns = ({ conditions }: Pick<AlertRule, 'conditions'>, occasion: Occasion): boolean =>
  conditions.every((condition) => holds(occasion, condition))
