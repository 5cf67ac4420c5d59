export interface Team {
  id: number
  slug: string
  name: string
  /** Milliseconds since 1970. */
  createdAt: number
  memberCount: number
  projects: { id: number; slug: string; name: string }[]
}

/** Groups of members, and what they look after. A team opens no doors: roles do. */
export interface TeamStore {
  list(organizationId: number): Promise<Team[]>
  find(organizationId: number, slug: string): Promise<Team | undefined>
  /** Undefined when the organization has a team of that slug. */
  create(team: { organizationId: number; slug: string; name: string }): Promise<Team | undefined>
  remove(teamId: number): Promise<void>
  addMember(teamId: number, accountId: number): Promise<void>
  removeMember(teamId: number, accountId: number): Promise<void>
  addProject(teamId: number, projectId: number): Promise<void>
  removeProject(teamId: number, projectId: number): Promise<void>
  /** Slugs of each member's teams, by account. */
  ofMembers(organizationId: number): Promise<ReadonlyMap<number, string[]>>
}
