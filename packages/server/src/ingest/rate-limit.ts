/** Asks clients to keep something back for a while. */
export interface RateLimit {
  seconds: number
  /** Empty: everything. */
  categories: readonly string[]
  scope: 'key' | 'project' | 'organization'
  reason: string
}

/** `X-Sentry-Rate-Limits`: clients read it on any answer, whatever its status. */
export const formatRateLimits = (limits: readonly RateLimit[]): string =>
  limits
    .map(({ seconds, categories, scope, reason }) => `${seconds}:${categories.join(';')}:${scope}:${reason}`)
    .join(', ')

/** When everything is to be kept back; a `Retry-After` for less would silence all categories. */
export const retryAfter = (limits: readonly RateLimit[]): number | undefined =>
  limits.find(({ categories }) => categories.length === 0)?.seconds
