// What the API shows of an event, in Sentry's shapes.
import type { Breadcrumb, Level, Mechanism, RequestInfo, User } from '@foghorn/protocol'
import type { Candidate } from '@foghorn/symbolicate'

/** An upload that nearly is the one of a frame's script. */
export type CandidateJson = Candidate

/** How the original place of a frame was found, or why not. */
export interface ResolutionJson {
  status: 'resolved' | 'unresolved'
  /** Unresolved: the reason's code, such as `no-artifact`. */
  reason?: string
  /** Unresolved: one sentence that tells what to do. */
  advice?: string
  /** Unresolved: what was found in this very case. */
  detail?: string
  /** Unresolved: uploads that come nearest, the nearest first. */
  candidates?: readonly CandidateJson[]
  /** Resolved: the key by which the map was found, and the rule that named the function. */
  by?: string
  /** Resolved: address of the script whose map it was, as uploaded. */
  artifact?: string
  namedBy?: string
}

export interface FrameJson {
  filename: string | null
  absPath: string | null
  module: string | null
  function: string | null
  lineNo: number | null
  colNo: number | null
  inApp: boolean
  /** Lines of the original source around the frame: line number and text. */
  context: [number, string][]
  resolution: ResolutionJson
}

export interface ExceptionValueJson {
  type: string | null
  value: string | null
  module: string | null
  mechanism: Mechanism | null
  /** Resolved frames, oldest call first. */
  stacktrace: { frames: FrameJson[] } | null
  /** The frames as the browser sent them, in the same order. */
  rawStacktrace: { frames: FrameJson[] } | null
}

export type EntryJson =
  | { type: 'exception'; data: { values: ExceptionValueJson[] } }
  | { type: 'message'; data: { formatted: string } }
  | { type: 'breadcrumbs'; data: { values: BreadcrumbJson[] } }
  | { type: 'request'; data: RequestInfo }

export interface BreadcrumbJson extends Omit<Breadcrumb, 'timestamp'> {
  timestamp: string | null
}

/** Which parts of an event made its group. */
export interface GroupingJson {
  version: number
  keys: { variant: string; hash: string; parts: string[] }[]
  /** The project's rule that applied. */
  rule?: string
  /** What did not count, and why. */
  ignored: string[]
}

export interface EventJson {
  id: string
  eventID: string
  groupID: string
  projectID: string
  title: string
  culprit: string
  message: string
  platform: string
  type: 'error' | 'default'
  level: Level
  dateCreated: string
  dateReceived: string
  release: { version: string } | null
  dist: string | null
  environment: string | null
  tags: { key: string; value: string }[]
  user: User | null
  contexts: Record<string, unknown>
  context: Record<string, unknown>
  sdk: { name: string; version: string } | null
  entries: EntryJson[]
  /** The stack of components of React or Vue, the nearest one first; null when none came. */
  componentStack: FrameJson[] | null
  grouping: GroupingJson
  nextEventID: string | null
  previousEventID: string | null
}

/** An event in a list. */
export interface EventSummaryJson {
  id: string
  eventID: string
  groupID: string
  title: string
  dateCreated: string
  tags: { key: string; value: string }[]
  user: User | null
}
