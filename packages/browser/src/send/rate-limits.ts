const DEFAULT_PAUSE_S = 60

export interface RateLimits {
  /** Milliseconds until things of this category may be sent; 0 when they may now. */
  pause(category: string): number
  /** How many events the service takes in one envelope: one, unless it has said otherwise, as Foghorn does. */
  batch(): number
  /** Whether the service tells compressed bodies by their first bytes, without a header that would cost a preflight. */
  takesGzip(): boolean
  /** Takes in what an answer of the service says about limits. */
  learn(response: Response): void
}

/** Remembers what the service asked us to hold back. Uses a clock that does not jump. */
export const createRateLimits = (): RateLimits => {
  const until = new Map<string, number>()
  let batch = '1'
  const limit = (category: string, seconds: number): void => {
    until.set(category, Math.max(until.get(category) ?? 0, performance.now() + seconds * 1000))
  }
  return {
    pause: (category) => {
      const end = Math.max(until.get(category) ?? 0, until.get('') ?? 0)
      // Reports about drops are few and tell of the limit itself.
      return category === 'internal' ? 0 : Math.max(0, end - performance.now())
    },
    batch: () => Number.parseInt(batch, 10),
    takesGzip: () => batch.includes('gzip'),
    learn: ({ status, headers }) => {
      // `100; gzip`
      batch = headers.get('x-foghorn-batch') || batch
      const limits = headers.get('x-sentry-rate-limits')
      // Seconds; a date, which no service of this protocol sends (checked 2026-11), counts as the usual pause.
      const retryAfter = headers.get('retry-after')
      // `60:error;default:project:quota, 2700:span:organization`; no category means all.
      for (const part of limits?.split(',') ?? []) {
        const [seconds, categories = ''] = part.trim().split(':')
        for (const category of categories.split(';')) limit(category, Number(seconds) || DEFAULT_PAUSE_S)
      }
      if (!limits && (retryAfter || status === 429)) limit('', Number(retryAfter) || DEFAULT_PAUSE_S)
    },
  }
}
