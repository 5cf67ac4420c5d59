import type { GroupingVersion, ProjectGrouping } from '../grouping/group.ts'
import type { GroupingRule } from '../grouping/rule.ts'

export interface GroupingSettings extends ProjectGrouping {
  /** Until when issues of former versions are met, in milliseconds since 1970; null when there are none. */
  formerUntil: number | null
}

/** What a project decided about grouping. Every change asks, in its transaction, for a pass over the stored events. */
export interface GroupingSettingsStore {
  get(projectId: number): Promise<GroupingSettings>
  setRules(projectId: number, rules: readonly GroupingRule[]): Promise<void>
  /** Goes over to a newer version; false when the project has that one or a newer one. */
  switchTo(projectId: number, version: GroupingVersion): Promise<boolean>
}
