const DEFAULT_PAUSE_S = 60

/** Seconds of a `Retry-After` header, which holds seconds or a date. */
const secondsOf = (header: string): number => {
  const seconds = Number(header)
  return Number.isFinite(seconds) ? seconds : Math.max(0, (Date.parse(header) - Date.now()) / 1000) || DEFAULT_PAUSE_S
}

export interface RateLimits {
  /** Milliseconds until things of this category may be sent; 0 when they may now. */
  pause(category: string): number
  /** Takes in what an answer of the service says about limits. */
  learn(response: Response): void
}

/** Remembers what the service asked us to hold back. Uses a clock that does not jump. */
export const createRateLimits = (): RateLimits => {
  const until = new Map<string, number>()
  const limit = (category: string, seconds: number): void => {
    until.set(category, Math.max(until.get(category) ?? 0, performance.now() + seconds * 1000))
  }
  return {
    pause: (category) => {
      const end = Math.max(until.get(category) ?? 0, until.get('') ?? 0)
      // Reports about drops are few and tell of the limit itself.
      return category === 'internal' ? 0 : Math.max(0, end - performance.now())
    },
    learn: ({ status, headers }) => {
      const limits = headers.get('x-sentry-rate-limits')
      const retryAfter = headers.get('retry-after')
      // `60:error;default:project:quota, 2700:span:organization`; no category means all.
      for (const part of limits?.split(',') ?? []) {
        const [seconds, categories = ''] = part.trim().split(':')
        for (const category of categories.split(';')) limit(category, Number(seconds) || DEFAULT_PAUSE_S)
      }
      if (!limits && (retryAfter || status === 429)) limit('', secondsOf(retryAfter ?? `${DEFAULT_PAUSE_S}`))
    },
  }
}
