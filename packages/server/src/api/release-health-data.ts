import type { FigureStore, ReleaseHealth } from '../ports/figures.ts'
import { healthOf, totalOf } from '../releases/health.ts'
import { healthJson } from './release-health-json.ts'
import type { ReleaseHealthDataJson, ReleaseJson, ReleaseProjectJson } from './release-shapes.ts'

export interface HealthDeps {
  figures: Pick<FigureStore, 'releaseHealth'>
  now: () => number
}

interface ProjectHealth {
  period: readonly ReleaseHealth[]
  day: readonly ReleaseHealth[]
}

const DAY_MS = 24 * 3_600_000

const percent = (share: number | null): number | null => (share === null ? null : share * 100)

const healthDataOf = ({ period, day }: ProjectHealth, version: string): ReleaseHealthDataJson => {
  const all = healthJson(healthOf(period, version).health)
  const { health, adoption } = healthOf(day, version)
  return {
    hasHealthData: all.sessions > 0,
    totalSessions: all.sessions,
    totalUsers: all.users,
    sessionsCrashed: all.crashed,
    sessionsErrored: all.errored,
    crashFreeSessions: percent(all.crashFreeSessions),
    crashFreeUsers: percent(all.crashFreeUsers),
    totalSessions24h: health.sessions,
    totalUsers24h: health.users,
    totalProjectSessions24h: totalOf(day, 'sessions'),
    totalProjectUsers24h: totalOf(day, 'users'),
    adoption: percent(adoption.users),
    sessionsAdoption: percent(adoption.sessions),
  }
}

const readHealth = async (
  projectId: number,
  periodMs: number,
  { figures, now }: HealthDeps,
): Promise<ProjectHealth> => {
  const day = await figures.releaseHealth(projectId, now() - DAY_MS)
  return { day, period: periodMs === DAY_MS ? day : await figures.releaseHealth(projectId, now() - periodMs) }
}

/** Adds to releases how their sessions went within a period, in milliseconds; nothing without one. */
export const withHealth = async (
  releases: readonly ReleaseJson[],
  periodMs: number | undefined,
  deps: HealthDeps,
): Promise<readonly ReleaseJson[]> => {
  if (periodMs === undefined) return releases
  const healths = new Map<string, ProjectHealth>()
  for (const id of new Set(releases.flatMap(({ projects }) => projects.map((project) => project.id))))
    healths.set(id, await readHealth(Number(id), periodMs, deps))
  const complete = (project: ReleaseProjectJson, version: string): ReleaseProjectJson => {
    const healthData = healthDataOf(healths.get(project.id)!, version)
    return { ...project, hasHealthData: healthData.hasHealthData, healthData }
  }
  return releases.map((release) => ({
    ...release,
    projects: release.projects.map((project) => complete(project, release.version)),
  }))
}
