import type { Transaction } from 'kysely'
import type { LeanEvent } from '../../event.ts'
import type { Severity } from '../../ingest/classify.ts'
import { advance } from '../../issues/advance.ts'
import type { Assignee, Happening, Life, Resolution, Transition } from '../../issues/life.ts'
import { CALM_AFTER_MS, isRising, nextRate, priorityOf, type Rate } from '../../issues/priority.ts'
import { bringsBack } from '../../issues/regression.ts'
import type { DatedRelease } from '../../releases/order.ts'
import { countInWindows, forgetWindows } from './ignored-issues.ts'
import { noteActivity } from './issue-activity.ts'
import { lifeColumns, toLife, type LifeRow } from './issue-life-rows.ts'
import { datedRelease, releaseOfCommit } from './release-dates.ts'
import { subscribe } from './subscriptions.ts'
import type { Tables } from './tables.ts'
import { tellTickets } from './tell-tickets.ts'

type Write = Transaction<Tables>

export interface RateRow {
  recent_events: number
  usual_events: number
  rated_at: number | null
  calm_at: number | null
}

/** What a batch's events mean to one issue. */
export interface Encounter {
  issueId: number
  projectId: number
  before: LifeRow & RateRow
  /** In the order in which they came. */
  events: readonly LeanEvent[]
  users: Iterable<string>
  /** With this batch. */
  totals: { events: number; users: number }
  severity: Severity
  /** Whom the issue is given to, when it is new and somebody owns where it comes from. */
  owner: { to: Assignee; why: string } | undefined
}

export interface Lived {
  columns: Partial<ReturnType<typeof lifeColumns>> & Partial<RateRow> & { severity: Severity }
  /** The event that brought the issue back, and out of what. */
  broughtBack?: { event: LeanEvent; change: 'regressed' | 'returned' }
}

const namedRelease = (
  db: Write,
  projectId: number,
  { resolution, resolvedAt }: { resolution: Resolution; resolvedAt: number },
): Promise<DatedRelease | undefined> | undefined => {
  if (resolution.by === 'release')
    return datedRelease(db, projectId, { version: resolution.version, metAt: resolvedAt })
  if (resolution.by === 'next-release')
    return datedRelease(db, projectId, { version: resolution.after, metAt: resolvedAt })
  return resolution.by === 'commit' ? releaseOfCommit(db, projectId, resolution.commit) : undefined
}

/** The first event that proves that a resolved issue is not. */
const findRegression = async (db: Write, life: Life, { projectId, events }: Encounter) => {
  const [resolution, resolvedAt] = [life.resolution!, life.resolvedAt ?? 0]
  const named = await namedRelease(db, projectId, { resolution, resolvedAt })
  const known = new Map<string, DatedRelease>()
  for (const event of events) {
    const version = event.payload.release
    if (version !== undefined && resolution.by !== 'now' && !known.has(version))
      known.set(version, await datedRelease(db, projectId, { version, metAt: event.happenedAt }))
    const release = version === undefined ? undefined : known.get(version)
    if (bringsBack(resolution, { happenedAt: event.happenedAt, release }, { named, resolvedAt })) return event
  }
  return undefined
}

interface Seen {
  event: LeanEvent
  happening: Happening
}

const seenBy = async (db: Write, life: Life, encounter: Encounter, now: number): Promise<Seen | undefined> => {
  const { totals, issueId, events, users } = encounter
  const nothing = { ...totals, eventsInWindow: 0, usersInWindow: 0 }
  if (life.status === 'resolved') {
    const event = await findRegression(db, life, encounter)
    const release = event?.payload.release ?? null
    return event && { event, happening: { type: 'seen', release, bringsBack: true, encounters: nothing } }
  }
  const until = life.ignoredUntil
  const event = events.at(-1)
  if (!until || !event) return undefined
  const encounters = { ...totals, ...(await countInWindows(db, { issueId, until, events, users }, now)) }
  return { event, happening: { type: 'seen', release: null, bringsBack: false, encounters } }
}

const rateOf = ({ recent_events, usual_events, rated_at }: RateRow, now: number): Rate => ({
  recent: recent_events,
  usual: usual_events,
  at: rated_at ?? now,
})

const rated = ({ before, events, totals, severity }: Encounter, now: number): Lived['columns'] => {
  const times = events.reduce((sum, event) => sum + event.times, 0)
  const rate = nextRate(rateOf(before, now), times, now)
  return {
    recent_events: rate.recent,
    usual_events: rate.usual,
    rated_at: rate.at,
    severity,
    ...(before.priority_locked === 0 && {
      priority: priorityOf({ severity, users: totals.users, rate }),
      calm_at: isRising(rate) ? (before.calm_at ?? now + CALM_AFTER_MS) : null,
    }),
  }
}

type Change = Transition & { entry: NonNullable<Transition['entry']> }

/** How the issue's life goes on: a new one finds its owner, an old one may come back. */
const change = async (db: Write, encounter: Encounter, now: number): Promise<(Change & { by?: Seen }) | undefined> => {
  const before = toLife(encounter.before)
  const seen = before.status === 'unresolved' ? undefined : await seenBy(db, before, encounter, now)
  const input = seen?.happening ?? (encounter.owner && { type: 'assign' as const, ...encounter.owner })
  const { life, entry } = input ? advance(before, input, { now, byPerson: false }) : { life: before, entry: undefined }
  return entry && { life, entry, ...(seen && { by: seen }) }
}

/** What an issue's row becomes by what a batch brings it, its feed told, within the batch's transaction. */
export const liveThrough = async (db: Write, encounter: Encounter, now: number): Promise<Lived> => {
  const columns = rated(encounter, now)
  const { issueId, projectId, before, owner } = encounter
  const changed = before.status === 'unresolved' && !owner ? undefined : await change(db, encounter, now)
  if (!changed) return { columns }
  await noteActivity(db, [{ projectId, issueId, at: now, ...changed.entry }])
  await forgetWindows(db, [issueId])
  if (owner?.to.type === 'user') await subscribe(db, [{ issueId, accountId: owner.to.id, reason: 'assigned' }])
  const lived = { ...lifeColumns(changed.life), ...columns }
  if (!changed.by) return { columns: lived }
  const out = before.status === 'resolved' ? 'regressed' : 'returned'
  if (out === 'regressed')
    await tellTickets(db, { issueId, event: 'back', release: changed.by.event.payload.release ?? null, now })
  return { columns: lived, broughtBack: { event: changed.by.event, change: out } }
}
