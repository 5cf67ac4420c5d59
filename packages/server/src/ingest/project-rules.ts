import type { ProjectGrouping } from '../grouping/group.ts'
import type { GroupingSettingsStore } from '../ports/grouping-settings.ts'
import type { IngestSettingsStore } from '../ports/ingest-settings.ts'
import type { IngestSettings } from './ingest-settings.ts'
import { rememberBriefly } from './remember-briefly.ts'
import { createPlaceScrub, createScrub, type Scrub } from './scrub.ts'

export interface ProjectRules {
  settings: IngestSettings
  scrub: Scrub
  scrubPlace: (place: string) => string
  grouping: ProjectGrouping
}

export type RulesOf = (projectId: number) => Promise<ProjectRules>

/** What a project decided, ready for use; a change takes effect within five seconds. */
export const createProjectRules = (
  stores: { ingestSettings: Pick<IngestSettingsStore, 'get'>; groupingSettings: Pick<GroupingSettingsStore, 'get'> },
  now: () => number,
): RulesOf => {
  const read = async (projectId: number): Promise<ProjectRules> => {
    const settings = await stores.ingestSettings.get(projectId)
    const grouping = await stores.groupingSettings.get(projectId)
    return { settings, scrub: createScrub(settings), scrubPlace: createPlaceScrub(settings), grouping }
  }
  const remember = rememberBriefly(read, now)
  return async (projectId) => (await remember(projectId))!
}
