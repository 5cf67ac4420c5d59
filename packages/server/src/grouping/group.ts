import type { GroupedEvent, Grouping, SymbolicatedEvent } from '../event.ts'
import { byFrames, type Algorithm } from './by-frames.ts'
import { ENGINE_WORDINGS, WORDINGS_WITH_PROPERTIES } from './engine-wordings.ts'
import { applyRule } from './find-rule.ts'
import { headline } from './headline.ts'
import type { GroupingRule } from './rule.ts'

/** Stored beside each hash. A version that was released is never edited: old issues keep matching. */
const groupings = {
  1: byFrames({ version: 1, wordings: ENGINE_WORDINGS }),
  2: byFrames({ version: 2, wordings: WORDINGS_WITH_PROPERTIES }),
} as const satisfies Record<number, Algorithm>

export type GroupingVersion = keyof typeof groupings

/** What new projects get; others keep theirs until somebody switches them. */
export const NEWEST_GROUPING: GroupingVersion = 2

/** What changed with each version, for people. */
export const GROUPING_VERSIONS: Record<GroupingVersion, string> = {
  1: 'Original frames of your own code; without maps type, message and script.',
  2: 'Without maps, also the property that was read of nothing or called in vain.',
}

export const isGroupingVersion = (version: number): version is GroupingVersion => Object.hasOwn(groupings, version)

/** How a project's events are grouped. */
export interface ProjectGrouping {
  /** In the order in which they are tried. */
  rules: readonly GroupingRule[]
  /** The current version, and those before it whose issues are still met. */
  versions: readonly [GroupingVersion, ...GroupingVersion[]]
}

/**
 * Keys of the current version, then those of former ones: an issue that is known by an old key is found, and learns the
 * new ones, so that another algorithm splits nothing.
 */
const withFormerKeys = (current: Grouping, former: readonly Grouping[]): Grouping => {
  const known = new Set(current.keys.map(({ hash }) => hash))
  const formerKeys = former.flatMap(({ version, keys }) => keys.map((key) => ({ ...key, formerVersion: version })))
  return { ...current, keys: [...current.keys, ...formerKeys.filter(({ hash }) => !known.has(hash))] }
}

/** Decides which events are one issue, and says by what. The rule is the one of the project that holds for the event. */
export const group = (
  event: SymbolicatedEvent,
  { versions, rule }: Pick<ProjectGrouping, 'versions'> & { rule?: GroupingRule | undefined },
): GroupedEvent => {
  const seen = applyRule(event, rule)
  const [current, ...former] = versions.map((version) => groupings[version](seen, rule?.action.fingerprint))
  const grouping = withFormerKeys(current!, former)
  return { ...seen, grouping: rule ? { ...grouping, rule: rule.name } : grouping, headline: headline(seen) }
}
