import type { IssueUsage, Limits, RetentionStore } from '../ports/retention.ts'
import type { Step } from '../regrouping/background.ts'
import { periodically } from './periodically.ts'
import { fairShare } from './share.ts'

const DAY_MS = 24 * 3_600_000
const MEGABYTE = 1e6

export interface RetainDeps {
  retention: RetentionStore
  /** What holds where a project says nothing. */
  limits: Limits
  now: () => number
}

async function* deleteAged(projectId: number, before: number, { retention }: RetainDeps): AsyncGenerator<number> {
  let from = { receivedAt: 0, id: 0 }
  for (;;) {
    const { deleted, next } = await retention.deleteAged(projectId, before, from)
    yield deleted
    if (!next) break
    from = next
  }
  while ((await retention.deleteAgedFeedback(projectId, before)) > 0) yield 0
  while ((await retention.deleteForgottenIssues(projectId, before)) > 0) yield 0
}

interface Excess {
  issueId: number
  events: number
  bytes: number
}

/** What has to go of each issue: first the noisiest lose, and all the same way. */
const excessOf = (usage: readonly IssueUsage[], { events, megabytes }: Limits): Excess[] => {
  const mostEvents = fairShare(
    usage.map((issue) => issue.events),
    events,
  )
  const mostBytes = fairShare(
    usage.map((issue) => issue.bytes),
    megabytes * MEGABYTE,
  )
  return usage
    .map((issue) => ({
      issueId: issue.issueId,
      events: Math.max(0, issue.events - mostEvents),
      bytes: Math.max(0, issue.bytes - mostBytes),
    }))
    .filter((excess) => excess.events > 0 || excess.bytes > 0)
}

async function* thin(excess: Excess, { retention }: RetainDeps): AsyncGenerator<number> {
  let { events, bytes } = excess
  while (events > 0 || bytes > 0) {
    // Events of an issue are of about one size, so as many at a time as the events ask for, or a few for the bytes.
    const gone = await retention.thin(excess.issueId, events > 0 ? events : BYTES_STEP)
    // What is left are turning points.
    if (gone.events === 0) return
    events -= gone.events
    bytes -= gone.bytes
    yield gone.events
  }
}

const BYTES_STEP = 20

async function* sweepRemoved({ retention, now }: RetainDeps): AsyncGenerator<number> {
  for (const { id, removedAt } of await retention.removedProjects()) {
    while ((await retention.deleteLeftovers(id)) > 0) yield 0
    // What was on its way when it was removed has arrived or was given up.
    if (removedAt < now() - DAY_MS) await retention.forgetProject(id)
  }
}

// Of what was stored: when more had to go, as much may have come meanwhile.
const MUCH = 0.1

/** Tells whether much had to go. */
async function* thinProject(projectId: number, limits: Limits, deps: RetainDeps): AsyncGenerator<number, boolean> {
  const usage = await deps.retention.usage(projectId)
  let gone = 0
  for (const excess of excessOf(usage, limits))
    for await (const events of thin(excess, deps)) {
      gone += events
      yield events
    }
  return gone > MUCH * usage.reduce((sum, { events }) => sum + events, 0)
}

/**
 * Brings every project within its limits, by age first, then by thinning its noisiest issues; then gives the space back.
 * Each turn of the generator is one short step and tells how many events it deleted. What comes faster than a sweep an hour
 * can hold asks for the next one at once.
 */
export async function* retain(deps: RetainDeps): AsyncGenerator<number, 'again' | void> {
  const { retention, limits, now } = deps
  let wasMuch = false
  await retention.prepareDays(now())
  for (const projectId of await retention.projectIds()) {
    const own = { ...limits, ...(await retention.ownLimits(projectId)) }
    yield* deleteAged(projectId, now() - own.days * DAY_MS, deps)
    if (yield* thinProject(projectId, own, deps)) wasMuch = true
  }
  yield* sweepRemoved(deps)
  while ((await retention.deleteExpired(now())) > 0) yield 0
  while (await retention.releaseDay(now())) yield 0
  while (await retention.releaseSpace()) yield 0
  if (wasMuch) return 'again'
}

const SWEEP_EVERY_MS = 3_600_000

/** A background task: each call does one step of the sweep that is due, and tells whether there was one. */
export const retaining = (deps: RetainDeps): Step =>
  periodically(() => retain(deps), { everyMs: SWEEP_EVERY_MS, now: deps.now })
