/** By what the API's paths name a project. */
export interface ProjectAddress {
  org: string
  /** Slug. */
  project: string
}
