import type { ReleaseHealth } from '../ports/figures.ts'
import type { ReleaseHealthJson } from './ingest-shapes.ts'

const free = (part: number, all: number): number | null => (all === 0 ? null : (all - part) / all)

export const healthJson = (health: ReleaseHealth): ReleaseHealthJson => ({
  ...health,
  crashFreeSessions: free(health.crashed, health.sessions),
  crashFreeUsers: free(health.crashedUsers, health.users),
})
