export interface Organization {
  id: number
  slug: string
  name: string
  createdAt: number
  /** Whether members see all projects, not only those of their teams. */
  isOpen: boolean
}

export interface Project {
  id: number
  organizationId: number
  slug: string
  name: string
  platform: string
  createdAt: number
}

export interface ProjectKey {
  id: number
  projectId: number
  /** 32 hex digits; not a secret: it may only write events. */
  publicKey: string
  name: string
  active: boolean
  createdAt: number
}

export interface ProjectStore {
  organizations(): Promise<Organization[]>
  organization(slug: string): Promise<Organization | undefined>
  /** Finds the organization or makes it. */
  ensureOrganization(slug: string, name?: string): Promise<Organization>
  setOpen(organizationId: number, isOpen: boolean): Promise<void>
  projects(organizationId: number): Promise<Project[]>
  project(organizationId: number, slug: string): Promise<Project | undefined>
  projectById(id: number): Promise<Project | undefined>
  /** Makes a project with its first key; undefined when the organization has one of that slug. */
  create(project: { organizationId: number; slug: string; name: string }): Promise<Project | undefined>
  rename(projectId: number, name: string): Promise<void>
  /** Takes the project away with its keys; what else belongs to it goes with the next sweep. */
  remove(projectId: number): Promise<void>
  /** Makes a key with a public part of its own. */
  addKey(projectId: number, name: string): Promise<ProjectKey>
  changeKey(id: number, change: { name?: string | undefined; active?: boolean | undefined }): Promise<void>
  keys(projectId: number): Promise<ProjectKey[]>
  findKey(publicKey: string): Promise<ProjectKey | undefined>
}
