import type { IssueSort } from '../ports/issue-search.ts'

/** A search that somebody keeps under a name. */
export interface SavedViewJson {
  id: string
  name: string
  query: string
  sort: IssueSort
  environment: string | null
  statsPeriod: string | null
  /** The project that it is narrowed to. */
  project: string | null
  /** Whether everybody who sees the project has it too. */
  isShared: boolean
  /** Whether the asker made it. */
  isOwn: boolean
  /** Who made it. */
  author: string
}

export interface TagKeyJson {
  key: string
  name: string
}

/** Where the files of stacks are found; empty where nobody has said. */
export interface SourceLinksJson {
  /** An address with {path}, {line}, {column}, {release} and {commit} in it. */
  repository: string
  /** The same for an editor, such as `vscode://file/home/ada/shop/{path}:{line}:{column}`. */
  editor: string
}

/** Lines of the original source around a frame, each with its number. */
export interface SourceLinesJson {
  lines: [number, string][]
}
