import type { Breadcrumb } from '@foghorn/protocol'
import type { FindHint } from './hint.ts'

const JUST_BEFORE_SECONDS = 10
const FAILED = 400

const statusOf = ({ data }: Breadcrumb): number => Number(data?.status_code ?? 0)

/** Requests without a status did not get an answer; only those that are told as errors, for some clients leave it out. */
const hasFailed = (crumb: Breadcrumb): boolean =>
  ['fetch', 'xhr'].includes(crumb.category ?? '') &&
  (statusOf(crumb) >= FAILED || (statusOf(crumb) === 0 && crumb.level === 'error'))

/** A request failed in the seconds before. */
export const failingRequest: FindHint = ({ newest }) => {
  const { breadcrumbs, timestamp } = newest.payload
  const crumb = breadcrumbs.findLast(hasFailed)
  if (!crumb || crumb.timestamp === undefined || timestamp === undefined) return undefined
  const seconds = timestamp - crumb.timestamp
  if (seconds < 0 || seconds > JUST_BEFORE_SECONDS) return undefined
  const { method = 'GET', url = '' } = (crumb.data ?? {}) as { method?: string; url?: string }
  const status = statusOf(crumb)
  const answer = status === 0 ? 'got no answer' : `was answered ${status}`
  return {
    type: 'failing-request',
    text: `${method} ${url} ${answer}, ${seconds.toFixed(1)} seconds before.`,
    evidence: {
      method,
      url,
      status: status || null,
      secondsBefore: Number(seconds.toFixed(3)),
      eventID: newest.eventId,
    },
  }
}
