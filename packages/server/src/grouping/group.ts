import type { GroupedEvent, Grouping, SymbolicatedEvent } from '../event.ts'
import { byFrames } from './by-frames.ts'
import { applyRule } from './find-rule.ts'
import { headline } from './headline.ts'
import type { GroupingRule } from './rule.ts'

type Algorithm = (event: SymbolicatedEvent, fingerprint?: readonly string[]) => Grouping

/** Stored beside each hash. A version that was released is never edited: old issues keep matching. */
const groupings = { 1: byFrames } as const satisfies Record<number, Algorithm>

const CURRENT: Algorithm = groupings[1]

/** Versions whose issues are still met: keys of theirs are computed too, after the current ones. */
const FORMER: readonly Algorithm[] = []

/**
 * Keys of the current version, then those of former ones: an issue that is known by an old key is found, and learns the
 * new one, so that another algorithm splits nothing.
 */
export const withFormerKeys = (current: Grouping, former: readonly Grouping[]): Grouping => ({
  ...current,
  keys: [
    ...current.keys,
    ...former.flatMap(({ version, keys }) => keys.map((key) => ({ ...key, formerVersion: version }))),
  ],
})

/** Decides which events are one issue, and says by what. The rule is the one of the project that holds for the event. */
export const group = (event: SymbolicatedEvent, rule?: GroupingRule): GroupedEvent => {
  const seen = applyRule(event, rule)
  const fingerprint = rule?.action.fingerprint
  const former = FORMER.map((algorithm) => algorithm(seen, fingerprint))
  const grouping = withFormerKeys(CURRENT(seen, fingerprint), former)
  return { ...seen, grouping: rule ? { ...grouping, rule: rule.name } : grouping, headline: headline(seen) }
}
