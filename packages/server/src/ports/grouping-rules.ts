import type { GroupingRule } from '../grouping/rule.ts'

export interface GroupingRulesStore {
  /** In the order in which they are tried. */
  get(projectId: number): Promise<GroupingRule[]>
  set(projectId: number, rules: readonly GroupingRule[]): Promise<void>
}
