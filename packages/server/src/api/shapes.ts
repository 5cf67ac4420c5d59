// The bodies of the reading API, in Sentry's shapes so that its clients understand them; the dashboard takes its types from here.
// Dates are ISO 8601 with a zone, IDs are strings, lines and columns count from 1.
import type { Breadcrumb, Level, Mechanism, RequestInfo, User } from '@foghorn/protocol'

export type IssueStatus = 'unresolved' | 'resolved' | 'ignored'

export interface ProjectJson {
  id: string
  slug: string
  name: string
  platform: string
  dateCreated: string
}

export interface OrganizationJson {
  id: string
  slug: string
  name: string
  dateCreated: string
  links: { organizationUrl: string; regionUrl: string }
  /** sentry-cli reads organizations only with these. */
  isEarlyAdopter: false
  require2FA: false
  requireEmailVerification: false
  features: string[]
}

export interface ProjectKeyJson {
  id: string
  name: string
  public: string
  dsn: { public: string }
  dateCreated: string
  isActive: boolean
}

export interface IssueJson {
  id: string
  /** For people: `SHOP-12`. */
  shortId: string
  title: string
  culprit: string
  level: Level
  status: IssueStatus
  type: 'error' | 'default'
  metadata: { type?: string; value?: string; filename?: string; function?: string }
  /** Number of events, as text, the way Sentry sends it. */
  count: string
  userCount: number
  firstSeen: string
  lastSeen: string
  firstRelease: string | null
  lastRelease: string | null
  project: Pick<ProjectJson, 'id' | 'slug' | 'name' | 'platform'>
  permalink: string
}

/** How the original place of a frame was found, or why not. */
export interface ResolutionJson {
  status: 'resolved' | 'unresolved'
  /** Unresolved: the reason's code, such as `no-artifact`. */
  reason?: string
  /** Unresolved: one sentence that tells what to do. */
  advice?: string
  /** Resolved: the key by which the map was found, and the rule that named the function. */
  by?: string
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

export interface ErrorJson {
  detail: string
  errors?: Record<string, string[]>
}

export interface SessionJson {
  user: { id: string; email: string; name: string; role: 'owner' | 'admin' | 'member' | 'viewer' }
  organizations: { id: string; slug: string; name: string }[]
}

/** What a one-time link is for. The organization's name is asked for only when there is none yet. */
export interface SetupJson {
  valid: true
  purpose: 'setup' | 'invite'
  email: string | null
  organizations: { slug: string; name: string }[]
}

export interface TagJson {
  key: string
  totalValues: number
  topValues: { value: string; count: number }[]
}
