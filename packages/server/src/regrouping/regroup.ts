import type { UseCounter } from '../artifacts/use-counter.ts'
import { findRule } from '../grouping/find-rule.ts'
import { group, type ProjectGrouping } from '../grouping/group.ts'
import { rememberMaps } from '../ingest/remember-maps.ts'
import { symbolicate } from '../ingest/symbolicate.ts'
import type { FindMap } from '../ports/find-map.ts'
import type { GroupingSettingsStore } from '../ports/grouping-settings.ts'
import type { RawStoredEvent, RegroupedEvent, RegroupJob, Regrouping } from '../ports/regrouping.ts'

export interface RegroupDeps {
  regrouping: Regrouping
  groupingSettings: Pick<GroupingSettingsStore, 'get'>
  findMap: FindMap
  /** Maps that are used are kept longer. */
  mapUse: Pick<UseCounter, 'note'>
}

// Few enough that digesting waits for one step no longer than for one batch.
const EVENTS_PER_STEP = 100

const readAnew = async (
  stored: RawStoredEvent,
  { find, grouping }: { find: FindMap; grouping: ProjectGrouping },
): Promise<RegroupedEvent> => {
  const event = await symbolicate(stored, find)
  const rule = findRule(event, grouping.rules)
  return { ...group(event, { ...grouping, rule }), payload: stored.payload, row: stored.row }
}

const replaceNext = async (
  job: RegroupJob,
  { regrouping, groupingSettings, findMap, mapUse }: RegroupDeps,
): Promise<void> => {
  const find = rememberMaps(findMap)
  const grouping = await groupingSettings.get(job.projectId)
  const events: RegroupedEvent[] = []
  for (const event of await regrouping.events(job, EVENTS_PER_STEP))
    events.push(await readAnew(event, { find, grouping }))
  await regrouping.replace(job, events)
  mapUse.note(events.flatMap(({ usedMaps }) => usedMaps))
}

const MOVES_ONLY = new Set<RegroupJob['cause']>(['merged', 'unmerged', 'undone'])

/**
 * Does one bounded step of the oldest pass over stored events; false when there is none. Late maps, changed rules and
 * merges all come down to this: events are read anew from what came, and go to the issue that their keys lead to now.
 * Nobody is told: nothing has happened to anybody.
 */
export const regroup = async (deps: RegroupDeps): Promise<boolean> => {
  const job = await deps.regrouping.next()
  if (!job) return false
  if (MOVES_ONLY.has(job.cause)) await deps.regrouping.follow(job, EVENTS_PER_STEP)
  else await replaceNext(job, deps)
  return true
}
