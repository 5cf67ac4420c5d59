/** Where the files of stacks are found: addresses with placeholders such as `{path}` and `{line}`; empty where there is none. */
export interface SourceLinks {
  repository: string
  editor: string
}

export interface SourceLinkStore {
  get(projectId: number): Promise<SourceLinks>
  put(projectId: number, links: SourceLinks): Promise<void>
}
