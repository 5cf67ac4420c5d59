import type { Posted } from '../outbound/post-guarded.ts'

/** What became of one attempt to tell. */
export type Outcome =
  | { status: 'sent'; answer: string }
  /** Worth another try, at the earliest after so many milliseconds if the receiver says so. */
  | { status: 'failed'; answer: string; afterMs?: number }
  /** Will never be taken. */
  | { status: 'refused'; answer: string }

const ANSWER_CHARS = 300

const describe = (status: number, body: string): string => `${status} ${body}`.trim().slice(0, ANSWER_CHARS)

const WAIT_AT_MOST_MS = 3_600_000

/** `Retry-After` in milliseconds: seconds, or a date. */
export const retryAfter = (header: string | string[] | undefined, now: number): number | undefined => {
  const text = Array.isArray(header) ? header[0] : header
  if (text === undefined) return undefined
  const wait = /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isFinite(wait) ? Math.min(Math.max(0, Math.ceil(wait)), WAIT_AT_MOST_MS) : undefined
}

/** What some say in the body instead: Telegram in `parameters`, Discord at the top; in seconds. */
const retryAfterIn = (body: string): string | undefined => {
  const found = /"retry_after"\s*:\s*(\d{1,9}(?:\.\d{1,9})?)/.exec(body)
  return found?.[1]
}

// Time-out, conflict with itself, too early, too many: the same request may be taken later.
const WORTH_ANOTHER_TRY = new Set([408, 409, 425, 429])

/** Reads what HTTP says, which all receivers agree on: 2xx is taken, 4xx never will be, all else may pass. */
export const outcomeOf = (posted: Posted, now: number): Outcome => {
  if (!posted.ok) return { status: 'failed', answer: posted.reason.slice(0, ANSWER_CHARS) }
  const { status, headers, body } = posted
  const answer = describe(status, body)
  if (status >= 200 && status < 300) return { status: 'sent', answer }
  const isFinal = status >= 300 && status < 500 && !WORTH_ANOTHER_TRY.has(status)
  if (isFinal) return { status: 'refused', answer }
  const afterMs = retryAfter(headers['retry-after'] ?? retryAfterIn(body), now)
  return { status: 'failed', answer, ...(afterMs !== undefined && { afterMs }) }
}
