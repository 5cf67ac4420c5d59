// The bodies of the reading API, in Sentry's shapes so that its clients understand them; the dashboard takes its types from here.
// Dates are ISO 8601 with a zone, IDs are strings, lines and columns count from 1.
import type { Severity } from '../ingest/classify.ts'
import type { IssueStatus } from '../ports/issues.ts'
import type { ActivityJson, IssueLifeJson, PersonJson } from './life-shapes.ts'
import type { Level } from '@foghorn/protocol'

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
  /** Whether members see all projects, not only those of their teams. */
  openMembership: boolean
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

export interface IssueJson extends IssueLifeJson {
  id: string
  /** For people: `SHOP-12`. */
  shortId: string
  title: string
  culprit: string
  level: Level
  /** How bad the newest event is for people. */
  severity: Severity
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

/** Events by the hour or day: pairs of seconds since 1970 and how many. */
export interface StatsJson {
  '24h'?: [number, number][]
  '14d'?: [number, number][]
  '30d'?: [number, number][]
}

/** An issue in a list; `count` is within the environments and period asked for. */
export interface ListedIssueJson extends IssueJson {
  lifetime: Pick<IssueJson, 'count' | 'userCount' | 'firstSeen' | 'lastSeen'>
  stats: StatsJson
}

/** An issue with its newest history. */
export interface IssueDetailsJson extends IssueJson {
  /** Newest first. */
  activity: ActivityJson[]
  participants: PersonJson[]
  isSubscribed: boolean
}

/** An issue that has frames or words in common with another, and how much. */
export type SimilarIssueJson = [issue: IssueJson, { score: number; shared: number }]

export interface ErrorJson {
  detail: string
  errors?: Record<string, string[]>
}

export interface SessionJson {
  user: {
    id: string
    email: string
    name: string
    role: 'owner' | 'admin' | 'member' | 'viewer'
    /** False for those who only ever signed on elsewhere. */
    hasPassword: boolean
  }
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

/** How much of a project is kept; `own` names what it says for itself, the rest is the operator's choice. */
export interface RetentionJson {
  days: number
  events: number
  megabytes: number
  own: string[]
}

/** Proof that a person's data was erased; the hash is that of how they were described. */
export interface ErasureJson {
  id: string
  personHash: string
  erased: { events: number; issues: number; users: number; tags: number; feedback: number; deadLetters: number }
  dateErased: string
}

/** A member of an organization; `user` is absent until the invited person has chosen a password. */
/** Whether there is a way in besides passwords. */
export interface SignOnJson {
  /** What to call it; null when there is none. */
  name: string | null
}

export interface MemberJson {
  id: string
  email: string
  name: string
  role: 'owner' | 'admin' | 'member' | 'viewer'
  orgRole: 'owner' | 'admin' | 'member' | 'viewer'
  roleName: string
  pending: boolean
  expired: false
  inviteStatus: 'approved'
  user: { id: string; email: string; name: string } | null
  /** Slugs of the member's teams. */
  teams: string[]
  /** What each team adds for its projects; null: nothing. */
  teamRoles: { teamSlug: string; role: 'admin' | 'member' | 'viewer' | null }[]
  dateCreated: string
}

/** A token without the token: that is shown once, when it is made. */
export interface TokenJson {
  id: string
  name: string
  scopes: string[]
  tokenLastCharacters: string
  dateCreated: string
  dateLastUsed: string | null
  dateExpires: string | null
}

export interface TeamJson {
  id: string
  slug: string
  name: string
  dateCreated: string
  memberCount: number
  projects: Pick<ProjectJson, 'id' | 'slug' | 'name'>[]
}

export interface AuditEntryJson {
  id: string
  actor: { name: string }
  /** What was done, such as `member.invite`. */
  event: string
  ipAddress: string
  /** What it was done to. */
  note: string
  dateCreated: string
}
