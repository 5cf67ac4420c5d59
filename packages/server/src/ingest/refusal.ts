import type { RateLimit } from './rate-limit.ts'

/** Why a request was not taken. A value, so that each stage can say no without throwing. */
export interface Refusal {
  refused: true
  status: 400 | 401 | 403 | 404 | 413 | 415 | 429 | 503
  /** One sentence for the person who reads the network panel. */
  detail: string
  /** What the client should keep back for a while. */
  limits: readonly RateLimit[]
}

export const refuse = (status: Refusal['status'], detail: string, limits: readonly RateLimit[] = []): Refusal => ({
  refused: true,
  status,
  detail,
  limits,
})

export const isRefusal = (value: object): value is Refusal => 'refused' in value
