import * as v from 'valibot'
import type { Assignee, IgnoreCondition, Resolution, Threshold } from '../issues/life.ts'
import { PRIORITY_LEVELS } from '../issues/priority.ts'
import type { Order } from '../ports/triage.ts'

const MINUTE_MS = 60_000
const YEAR_MINUTES = 366 * 24 * 60
// An ignored issue is measured against its condition with every batch that brings it events.
const MOST_IN_WINDOW = 10_000
const MOST = 1_000_000_000

const whole = (most: number) =>
  v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(1, 'must be at least 1'),
    v.maxValue(most, `must be at most ${most}`),
  )

const text = (chars: number) => v.pipe(v.string(), v.trim(), v.maxLength(chars, `must be at most ${chars} characters`))
const version = v.pipe(text(250), v.nonEmpty('must not be empty'))

const StatusDetails = v.pipe(
  v.object({
    inNextRelease: v.optional(v.boolean()),
    inRelease: v.optional(version),
    inCommit: v.optional(v.object({ commit: version, repository: v.optional(v.nullable(text(250)), null) })),
    note: v.optional(text(5000)),
    ignoreDuration: v.optional(whole(YEAR_MINUTES)),
    ignoreUntil: v.optional(v.pipe(v.string(), v.isoTimestamp('must be a time such as 2026-11-21T12:00:00Z'))),
    ignoreCount: v.optional(whole(MOST)),
    ignoreWindow: v.optional(whole(YEAR_MINUTES)),
    ignoreUserCount: v.optional(whole(MOST)),
    ignoreUserWindow: v.optional(whole(YEAR_MINUTES)),
  }),
  v.check(
    ({ ignoreCount = 0, ignoreWindow, ignoreUserCount = 0, ignoreUserWindow }) =>
      (ignoreWindow === undefined || ignoreCount <= MOST_IN_WINDOW) &&
      (ignoreUserWindow === undefined || ignoreUserCount <= MOST_IN_WINDOW),
    `within a window at most ${MOST_IN_WINDOW} can be asked for`,
  ),
)
type StatusDetails = v.InferOutput<typeof StatusDetails>

// `muted` and `snoozeDuration` are what sentry-cli says, `resolvedInNextRelease` both.
const STATUS_WORDS = [
  'unresolved',
  'in_progress',
  'resolved',
  'resolvedInNextRelease',
  'ignored',
  'archived',
  'muted',
] as const

const SUBSTATUSES = ['ongoing', 'in_progress', 'archived_until_condition_met', 'archived_forever'] as const

/** What is to be changed in issues; what is absent stays as it is. */
export const IssueChange = v.object({
  status: v.optional(v.picklist(STATUS_WORDS, `must be one of ${STATUS_WORDS.join(', ')}`)),
  statusDetails: v.optional(StatusDetails, {}),
  substatus: v.optional(v.picklist(SUBSTATUSES, `must be one of ${SUBSTATUSES.join(', ')}`)),
  snoozeDuration: v.optional(v.nullable(whole(YEAR_MINUTES))),
  assignedTo: v.optional(v.nullable(text(300))),
  priority: v.optional(v.picklist(PRIORITY_LEVELS, `must be one of ${PRIORITY_LEVELS.join(', ')}`)),
  isSubscribed: v.optional(v.boolean()),
})
export type IssueChange = v.InferOutput<typeof IssueChange>

const threshold = (count: number | undefined, minutes: number | undefined): Threshold | null =>
  count === undefined ? null : { count, windowMs: minutes === undefined ? null : minutes * MINUTE_MS }

const conditionOf = (details: StatusDetails, snooze: number | null | undefined, now: number): IgnoreCondition => {
  const minutes = details.ignoreDuration ?? snooze ?? undefined
  const until = details.ignoreUntil === undefined ? undefined : Date.parse(details.ignoreUntil)
  return {
    time: until ?? (minutes === undefined ? null : now + minutes * MINUTE_MS),
    events: threshold(details.ignoreCount, details.ignoreWindow),
    users: threshold(details.ignoreUserCount, details.ignoreUserWindow),
  }
}

const resolveOrder = (details: StatusDetails, isNext: boolean): Order => {
  const { note, inCommit, inRelease } = details
  const noted = note ? { note } : {}
  if (isNext || details.inNextRelease) return { type: 'resolve-by-latest-release', next: true, ...noted }
  if (inRelease === 'latest') return { type: 'resolve-by-latest-release', next: false, ...noted }
  const by: Resolution = inCommit
    ? { by: 'commit', ...inCommit }
    : inRelease === undefined
      ? { by: 'now' }
      : { by: 'release', version: inRelease }
  return { type: 'resolve', resolution: { ...by, ...noted } }
}

const ignoreOrder = (until: IgnoreCondition): Order =>
  until.time === null && !until.events && !until.users ? { type: 'archive' } : { type: 'ignore', until }

const statusOrder = (change: IssueChange, now: number): Order | undefined => {
  const { status, substatus, statusDetails } = change
  if (status === undefined) return undefined
  if (status === 'archived' || substatus === 'archived_forever') return { type: 'archive' }
  if (status === 'ignored' || status === 'muted')
    return ignoreOrder(conditionOf(statusDetails, change.snoozeDuration, now))
  if (status === 'in_progress' || substatus === 'in_progress') return { type: 'start' }
  if (status === 'unresolved') return { type: 'unresolve' }
  return resolveOrder(statusDetails, status === 'resolvedInNextRelease')
}

/** What a change comes to. `assignee` is whom its `assignedTo` names. */
export const ordersOf = (
  change: IssueChange,
  { now, assignee }: { now: number; assignee: Assignee | null | undefined },
) => {
  const orders: (Order | undefined)[] = [
    statusOrder(change, now),
    assignee === undefined ? undefined : { type: 'assign', to: assignee },
    change.priority && { type: 'prioritise', level: change.priority },
  ]
  return orders.filter((order) => order !== undefined)
}
