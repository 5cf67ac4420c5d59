import type { Period } from './issue-search.ts'

// What is kept as numbers only: how sessions ended, and how long things took.

/** `errored` had a handled error, `crashed` an unhandled one. */
export type SessionStatus = 'ok' | 'errored' | 'abnormal' | 'crashed'

/** The whole state of one session, as its client last told it. */
export interface SessionUpdate {
  projectId: number
  sessionId: string
  startedAt: number
  receivedAt: number
  release: string
  environment: string
  /** Whose session it was, when the client says. */
  user?: string
  status: SessionStatus
}

/** Sessions that a server counted itself. */
export interface SessionCount extends Omit<SessionUpdate, 'sessionId' | 'user'> {
  quantity: number
}

/** One value of something that is measured: a web vital, or how long a transaction took. */
export interface Measurement {
  projectId: number
  at: number
  receivedAt: number
  /** `lcp`, `inp`, `cls`, `fcp`, `ttfb`, `fp`; `duration` of a transaction. Milliseconds, but for `cls`. */
  name: string
  /** Path of the page, or the transaction's name. */
  page: string
  release: string
  environment: string
  browser: string
  device: string
  value: number
  /** What was to blame, where the client tells: a selector of an element. */
  target?: string
}

export const MEASUREMENT_GROUPS = ['page', 'release', 'environment', 'browser', 'device'] as const
export type MeasurementGroup = (typeof MEASUREMENT_GROUPS)[number]

/** Only what was measured there. */
export type MeasuredAt = Partial<Record<MeasurementGroup, string>>

/** How many values are good, and how many are not; the limits are Google's (web.dev/vitals, checked 2026-11). */
export interface Ratings {
  good: number
  needsImprovement: number
  poor: number
}

/** What values are together. Quantiles are within 3 % of the true ones; without values they are 0. */
export interface Measured {
  count: number
  p50: number
  p75: number
  p95: number
  /** Null for what has no limits, such as durations. */
  ratings: Ratings | null
}

/** Values of one group within a period. */
export interface Distribution extends Measured {
  group: string
}

/** Values by what was to blame for them. */
export interface Blamed extends Measured {
  page: string
  target: string
}

export interface ReleaseHealth {
  release: string
  sessions: number
  crashed: number
  errored: number
  users: number
  crashedUsers: number
}

/** A period in steps of whole hours or days (UTC). */
export interface Steps {
  period: Period
  stepMs: number
}

/** Sessions that began within a step of time. */
export interface SessionStep {
  at: number
  release: string
  sessions: number
  crashed: number
}

export interface FigureStore {
  /** Most values first. */
  distributions(query: {
    projectId: number
    name: string
    by: MeasurementGroup
    since: number
    where?: MeasuredAt
  }): Promise<Distribution[]>
  /** Of a period: all of it, and each step of whole hours or days (UTC) that has values. */
  series(query: {
    projectId: number
    name: string
    where: MeasuredAt
    within: Steps
  }): Promise<{ all: Measured; steps: (Measured & { at: number })[] }>
  /** What was most often to blame for values that are not good, the worst first. */
  blamed(query: { projectId: number; name: string; since: number; page?: string }): Promise<Blamed[]>
  /** Newest release first. */
  releaseHealth(projectId: number, since: number): Promise<ReleaseHealth[]>
  /** Sessions in steps, by release; of one release if it is named. */
  sessionSteps(projectId: number, within: Steps, release?: string): Promise<SessionStep[]>
}
