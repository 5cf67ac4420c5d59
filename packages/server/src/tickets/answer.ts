import { retryAfter } from '../alerts/outcome.ts'
import type { Asked } from '../outbound/ask-guarded.ts'
import type { Answer } from './ticket-system.ts'

type Headers = Extract<Asked, { ok: true }>['headers']

const ANSWER_CHARS = 300
const WAIT_AT_MOST_MS = 3_600_000

/** When counting begins anew: seconds or milliseconds since 1970, or a date. */
const untilReset = (text: string, now: number): number | undefined => {
  const number = Number(text)
  const at = Number.isFinite(number) ? (number > 1e11 ? number : number * 1000) : Date.parse(text)
  return Number.isFinite(at) ? Math.min(Math.max(0, Math.ceil(at - now)), WAIT_AT_MOST_MS) : undefined
}

const one = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header)

// What GitHub, Jira, GitLab and Linear call it (their documentations, checked 2026-11).
const RESETS = ['x-ratelimit-reset', 'ratelimit-reset', 'x-ratelimit-requests-reset']

/** How long a system wants to be left alone; undefined when it does not say. */
const waitOf = (headers: Headers, now: number): number | undefined => {
  const wait = retryAfter(headers['retry-after'], now)
  if (wait !== undefined) return wait
  const reset = RESETS.map((name) => one(headers[name])).find((text) => text !== undefined)
  return reset === undefined ? undefined : untilReset(reset, now)
}

/** GitHub answers 403 to those who ask too often, Linear 400. */
const isLimited = (status: number, headers: Headers, body: string): boolean =>
  status === 429 ||
  (status === 403 && (headers['retry-after'] !== undefined || one(headers['x-ratelimit-remaining']) === '0')) ||
  (status === 400 && body.includes('"RATELIMITED"'))

// A token that has run out is replaced one day, and what waits is done then.
const WORTH_ANOTHER_TRY = new Set([401, 408, 409, 425])

/** Reads what HTTP says, which all systems agree on. What is undefined was taken, and its body counts. */
export const failureOf = (asked: Asked, now: number): Exclude<Answer<never>, { status: 'done' }> | undefined => {
  if (!asked.ok) return { status: 'failed', answer: asked.reason.slice(0, ANSWER_CHARS) }
  const { status, headers, body } = asked
  if (status >= 200 && status < 300) return undefined
  const answer = `${status} ${body}`.trim().slice(0, ANSWER_CHARS)
  const limited = isLimited(status, headers, body)
  if (!limited && status < 500 && !WORTH_ANOTHER_TRY.has(status)) return { status: 'refused', answer }
  const afterMs = limited ? waitOf(headers, now) : retryAfter(headers['retry-after'], now)
  return { status: 'failed', answer, ...(afterMs !== undefined && { afterMs }) }
}
