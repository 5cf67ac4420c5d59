import { findRule } from '../grouping/find-rule.ts'
import { group, type ProjectGrouping } from '../grouping/group.ts'
import type { GroupedEvent, SymbolicatedEvent } from '../event.ts'
import { rememberMaps } from '../ingest/remember-maps.ts'
import { symbolicate } from '../ingest/symbolicate.ts'
import type { FindMap } from '../ports/find-map.ts'
import type { Regrouping } from '../ports/regrouping.ts'

export interface PreviewDeps {
  regrouping: Pick<Regrouping, 'newest'>
  findMap: FindMap
}

/** What another way of grouping would do to the newest events. */
export interface GroupingPreview {
  events: number
  dropped: number
  /** How many groups the events make now, and would make. */
  groupsBefore: number
  groupsAfter: number
  rules: { name: string; events: number; examples: string[] }[]
}

const EVENTS = 300
const EXAMPLES = 3

const groupBy = (event: SymbolicatedEvent, grouping: ProjectGrouping): GroupedEvent =>
  group(event, { ...grouping, rule: findRule(event, grouping.rules) })

const hashOf = ({ grouping }: GroupedEvent): string => grouping.keys[0]!.hash

const noteRule = (figures: GroupingPreview['rules'][number], { headline }: GroupedEvent): void => {
  figures.events += 1
  if (figures.examples.length < EXAMPLES && !figures.examples.includes(headline.title))
    figures.examples.push(headline.title)
}

/** Tries rules or another version on the newest events of a project; nothing is stored. */
export const previewGrouping = async (
  projectId: number,
  { before, after }: { before: ProjectGrouping; after: ProjectGrouping },
  { regrouping, findMap }: PreviewDeps,
): Promise<GroupingPreview> => {
  const find = rememberMaps(findMap)
  const [groupsBefore, groupsAfter] = [new Set<string>(), new Set<string>()]
  const rules = after.rules.map(({ name }) => ({ name, events: 0, examples: [] as string[] }))
  const events = await regrouping.newest(projectId, EVENTS)
  let dropped = 0
  for (const stored of events) {
    const event = await symbolicate(stored, find)
    groupsBefore.add(hashOf(groupBy(event, before)))
    const rule = findRule(event, after.rules)
    const grouped = group(event, { ...after, rule })
    if (rule) noteRule(rules[after.rules.indexOf(rule)]!, grouped)
    if (rule?.action.drop) dropped += 1
    else groupsAfter.add(hashOf(grouped))
  }
  return { events: events.length, dropped, groupsBefore: groupsBefore.size, groupsAfter: groupsAfter.size, rules }
}
