// What releases look like in the API, in Sentry's shapes. Dates have a zone: sentry-cli cannot read them otherwise.
import type { ReleaseHealthJson } from './ingest-shapes.ts'

export interface ReleaseProjectJson {
  id: string
  slug: string
  name: string
  platform: string
  /** Issues that appeared with the release. */
  newGroups: number
  /** With `health=1` only. */
  hasHealthData?: boolean
  healthData?: ReleaseHealthDataJson
}

/** How the sessions of a release went, in Sentry's words. Shares are percentages; null without sessions or known users. */
export interface ReleaseHealthDataJson {
  hasHealthData: boolean
  totalSessions: number
  totalUsers: number
  sessionsCrashed: number
  sessionsErrored: number
  crashFreeSessions: number | null
  crashFreeUsers: number | null
  /** Of the last 24 hours, as is all below. */
  totalSessions24h: number
  totalUsers24h: number
  totalProjectSessions24h: number
  totalProjectUsers24h: number
  /** The release's share of users. */
  adoption: number | null
  sessionsAdoption: number | null
}

export interface DeployJson {
  id: string
  environment: string
  name: string | null
  url: string | null
  dateStarted: string | null
  dateFinished: string | null
}

export interface ReleaseJson {
  version: string
  shortVersion: string
  status: 'open' | 'archived'
  ref: string | null
  url: string | null
  dateCreated: string
  dateStarted: string | null
  dateReleased: string | null
  firstEvent: string | null
  lastEvent: string | null
  newGroups: number
  commitCount: number
  lastCommit: { id: string } | null
  deployCount: number
  lastDeploy: DeployJson | null
  projects: ReleaseProjectJson[]
}

export interface CommitJson {
  id: string
  message: string | null
  dateCreated: string | null
  repository: { name: string } | null
  author: { name: string | null; email: string | null } | null
  patchSet: { path: string; type: string }[]
}

export interface RepositoryJson {
  id: string
  name: string
  url: string | null
  provider: { id: string; name: string }
  status: 'active'
  dateCreated: string
}

/** How one release does in a project. */
export interface ReleaseStateJson {
  version: string
  health: ReleaseHealthJson
  /** Shares of all sessions and users of the project, 0 to 1; null while there are none. */
  adoption: { sessions: number | null; users: number | null }
  issues: { new: number; regressed: number; resolved: number }
  artifacts: {
    bundles: number
    files: number
    /** Of the frames in the app's own code of the newest events, how many lead to their sources; null without frames. */
    coverage: { events: number; frames: number; resolved: number; share: number | null }
  }
}

/** The same beside the release before it, if there was one. */
export interface ReleaseSummaryJson extends ReleaseStateJson {
  previous: ReleaseStateJson | null
}
