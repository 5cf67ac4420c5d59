import type { Period } from '../ports/issue-search.ts'
import type { Measured, Objective, StatisticsStore } from '../ports/statistics.ts'

const HOUR_MS = 3_600_000
const BAD_LEVELS = ['error', 'fatal']

export type MeasureDeps = Pick<StatisticsStore, 'sessions' | 'events'>

/** What an objective is measured by, in the hours of a period. */
export const measure = async (
  statistics: MeasureDeps,
  projectId: number,
  { kind, period }: { kind: Objective['kind']; period: Period },
): Promise<Measured[]> => {
  if (kind === 'crash-free-sessions') return statistics.sessions(projectId, period)
  const byLevel = await statistics.events(projectId, 'level', { period, stepMs: HOUR_MS })
  return BAD_LEVELS.flatMap((level) => byLevel.get(level) ?? []).map(({ at, count }) => ({
    at,
    all: count,
    bad: count,
  }))
}
