import type { ReleaseHealth } from '../ports/figures.ts'

/** Which share of sessions and users is the release's, 0 to 1; null while there are none. */
export interface Adoption {
  sessions: number | null
  /** Somebody who has met two releases counts for both. */
  users: number | null
}

const NO_SESSIONS = { sessions: 0, crashed: 0, errored: 0, users: 0, crashedUsers: 0 }

const share = (part: number, all: number): number | null => (all === 0 ? null : part / all)

/** Sessions or users of all releases of a project. */
export const totalOf = (all: readonly ReleaseHealth[], member: 'sessions' | 'users'): number =>
  all.reduce((total, one) => total + one[member], 0)

/** How the sessions of one release went among those of all releases. */
export const healthOf = (
  all: readonly ReleaseHealth[],
  version: string,
): { health: ReleaseHealth; adoption: Adoption } => {
  const health = all.find(({ release }) => release === version) ?? { release: version, ...NO_SESSIONS }
  return {
    health,
    adoption: {
      sessions: share(health.sessions, totalOf(all, 'sessions')),
      users: share(health.users, totalOf(all, 'users')),
    },
  }
}
