// What is kept as numbers only: how sessions ended, and how long things took.

/** `errored` had a handled error, `crashed` an unhandled one. */
export type SessionStatus = 'ok' | 'errored' | 'abnormal' | 'crashed'

/** The whole state of one session, as its client last told it. */
export interface SessionUpdate {
  projectId: number
  sessionId: string
  startedAt: number
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
  /** `lcp`, `inp`, `cls`, `fcp`, `ttfb`, `fp`; `duration` of a transaction. Milliseconds, but for `cls`. */
  name: string
  /** Path of the page, or the transaction's name. */
  page: string
  release: string
  environment: string
  browser: string
  device: string
  value: number
}

export const MEASUREMENT_GROUPS = ['page', 'release', 'environment', 'browser', 'device'] as const
export type MeasurementGroup = (typeof MEASUREMENT_GROUPS)[number]

/** Values of one group within a period. Quantiles are within 3 % of the true ones. */
export interface Distribution {
  group: string
  count: number
  p50: number
  p75: number
  p95: number
}

export interface ReleaseHealth {
  release: string
  sessions: number
  crashed: number
  errored: number
  users: number
  crashedUsers: number
}

export interface FigureStore {
  /** Most values first. */
  distributions(query: {
    projectId: number
    name: string
    by: MeasurementGroup
    since: number
  }): Promise<Distribution[]>
  /** Newest release first. */
  releaseHealth(projectId: number, since: number): Promise<ReleaseHealth[]>
}
