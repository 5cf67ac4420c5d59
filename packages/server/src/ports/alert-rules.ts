import type { AlertRule, StoredAlertRule } from '../alerts/rule.ts'

export interface AlertRuleStore {
  list(projectId: number): Promise<StoredAlertRule[]>
  /** Rules of all projects that no event brings up: somebody has to look. */
  looked(): Promise<StoredAlertRule[]>
  add(projectId: number, rule: AlertRule): Promise<StoredAlertRule>
  /** A rule that looks for something else begins to count anew. Undefined when the project has no such rule. */
  replace(projectId: number, ruleId: number, rule: AlertRule): Promise<StoredAlertRule | undefined>
  mute(projectId: number, ruleId: number, until: number | null): Promise<boolean>
  remove(projectId: number, ruleId: number): Promise<boolean>
}
