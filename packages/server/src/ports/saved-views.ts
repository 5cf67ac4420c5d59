import type { IssueSort } from './issue-search.ts'

/** What a view of the list of issues shows. */
export interface ViewSearch {
  query: string
  sort: IssueSort
  environment?: string
  /** Such as `7d`. */
  statsPeriod?: string
}

export interface NewView {
  name: string
  search: ViewSearch
  /** The project that it is narrowed to. */
  projectId: number | null
  /** Whether everybody who sees the project has it too. */
  isShared: boolean
}

export interface SavedView extends NewView {
  id: number
  accountId: number
  /** Who made it. */
  author: string
}

/** Searches that people keep under a name. */
export interface SavedViewStore {
  /** Those of somebody, and those shared with one of the projects. */
  list(of: { organizationId: number; accountId?: number; projectIds: readonly number[] }): Promise<SavedView[]>
  /** Undefined when somebody has as many as one may have. */
  add(by: { organizationId: number; accountId: number }, view: NewView): Promise<SavedView | undefined>
  remove(id: number): Promise<void>
}
