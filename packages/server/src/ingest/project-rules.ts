import type { ProjectGrouping } from '../grouping/group.ts'
import type { GroupingSettingsStore } from '../ports/grouping-settings.ts'
import type { IngestSettingsStore } from '../ports/ingest-settings.ts'
import type { IngestSettings } from './ingest-settings.ts'
import { createScrub, type Scrub } from './scrub.ts'

export interface ProjectRules {
  settings: IngestSettings
  scrub: Scrub
  grouping: ProjectGrouping
}

export type RulesOf = (projectId: number) => Promise<ProjectRules>

const KEPT_MS = 5000

/** What a project decided, ready for use; a change takes effect within five seconds. */
export const createProjectRules = (
  stores: { ingestSettings: Pick<IngestSettingsStore, 'get'>; groupingSettings: Pick<GroupingSettingsStore, 'get'> },
  now: () => number,
): RulesOf => {
  const known = new Map<number, ProjectRules & { until: number }>()
  return async (projectId) => {
    const found = known.get(projectId)
    if (found && found.until > now()) return found
    const settings = await stores.ingestSettings.get(projectId)
    const grouping = await stores.groupingSettings.get(projectId)
    const rules = { settings, scrub: createScrub(settings), grouping, until: now() + KEPT_MS }
    known.set(projectId, rules)
    return rules
  }
}
