import type { TeamRole } from './accounts.ts'

export interface Team {
  id: number
  slug: string
  name: string
  /** Milliseconds since 1970. */
  createdAt: number
  memberCount: number
  projects: { id: number; slug: string; name: string }[]
}

/** A member's place in a team. */
export interface TeamPlace {
  slug: string
  /** What the team adds for its projects; null: nothing. */
  role: TeamRole | null
}

/** Groups of members, and the projects that they look after and see. */
export interface TeamStore {
  list(organizationId: number): Promise<Team[]>
  find(organizationId: number, slug: string): Promise<Team | undefined>
  /** Undefined when the organization has a team of that slug. */
  create(team: { organizationId: number; slug: string; name: string }): Promise<Team | undefined>
  remove(teamId: number): Promise<void>
  /** Takes somebody in, or changes their role there. */
  addMember(teamId: number, accountId: number, role: TeamRole | null): Promise<void>
  removeMember(teamId: number, accountId: number): Promise<void>
  addProject(teamId: number, projectId: number): Promise<void>
  removeProject(teamId: number, projectId: number): Promise<void>
  /** Each member's teams, by account. */
  ofMembers(organizationId: number): Promise<ReadonlyMap<number, TeamPlace[]>>
}
