import { findRule } from '../grouping/find-rule.ts'
import { group } from '../grouping/group.ts'
import type { GroupingRule } from '../grouping/rule.ts'
import { rememberMaps } from '../ingest/remember-maps.ts'
import { symbolicate, type FindMap } from '../ingest/symbolicate.ts'
import type { Regrouping } from '../ports/regrouping.ts'

export interface PreviewDeps {
  regrouping: Pick<Regrouping, 'newest'>
  findMap: FindMap
}

/** What rules would do to the newest events. */
export interface RulesPreview {
  events: number
  dropped: number
  /** How many groups the events make now, and would make. */
  groupsBefore: number
  groupsAfter: number
  rules: { name: string; events: number; examples: string[] }[]
}

const EVENTS = 300
const EXAMPLES = 3

/** Tries rules on the newest events of a project; nothing is stored. */
export const previewRules = async (
  projectId: number,
  { before, after }: { before: readonly GroupingRule[]; after: readonly GroupingRule[] },
  { regrouping, findMap }: PreviewDeps,
): Promise<RulesPreview> => {
  const find = rememberMaps(findMap)
  const [groupsBefore, groupsAfter] = [new Set<string>(), new Set<string>()]
  const rules = after.map(({ name }) => ({ name, events: 0, examples: [] as string[] }))
  const preview = { events: 0, dropped: 0 }
  for (const stored of await regrouping.newest(projectId, EVENTS)) {
    const event = await symbolicate(stored, find)
    preview.events += 1
    groupsBefore.add(group(event, findRule(event, before)).grouping.keys[0]!.hash)
    const rule = findRule(event, after)
    const grouped = group(event, rule)
    if (rule) {
      const figures = rules[after.indexOf(rule)]!
      figures.events += 1
      if (figures.examples.length < EXAMPLES && !figures.examples.includes(grouped.headline.title))
        figures.examples.push(grouped.headline.title)
    }
    if (rule?.action.drop) preview.dropped += 1
    else groupsAfter.add(grouped.grouping.keys[0]!.hash)
  }
  return { ...preview, groupsBefore: groupsBefore.size, groupsAfter: groupsAfter.size, rules }
}
