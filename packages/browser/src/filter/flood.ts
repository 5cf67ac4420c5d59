import type { ClientEvent } from '@foghorn/protocol'
import { hexId } from '../enrich/id.ts'

const MINUTE_MS = 60_000
const MAX_KNOWN = 50
// Breadcrumbs of all events together: each event takes a quarter of what is saved up, so that in a flood the first tell
// the whole trail and the others the end of it.
const MAX_SAVED_CRUMBS = 400
const MIN_CRUMBS = 8
const MS_PER_SAVED_CRUMB = 150

interface Known {
  event: ClientEvent
  count: number
  first?: number
  last?: number
}

/** `repeat` was merged into an earlier event, `flood` is over the budget of this minute. */
export type Verdict = 'repeat' | 'flood' | undefined

export interface FloodControl {
  judge(event: ClientEvent): Verdict
  /** An event for each error that came again: how often since the last time, first and last. */
  takeRepeats(): ClientEvent[]
}

/** Leaves events the newest of their breadcrumbs: all of them, unless there are many events. */
export const createTrailBudget = (): ((event: ClientEvent) => ClientEvent) => {
  let saved = MAX_SAVED_CRUMBS
  let savedAt = 0
  return (event) => {
    const { breadcrumbs = [], contexts } = event
    const now = performance.now()
    saved = Math.min(MAX_SAVED_CRUMBS, saved + (now - savedAt) / MS_PER_SAVED_CRUMB)
    savedAt = now
    const kept = breadcrumbs.slice(-Math.max(MIN_CRUMBS, saved / 4))
    saved = Math.max(0, saved - kept.length)
    const shed = breadcrumbs.length - kept.length
    return shed ? { ...event, breadcrumbs: kept, contexts: { ...contexts, shed: { breadcrumbs: shed } } } : event
  }
}

/** Keeps a flood from the network: an equal error is sent once and then counted, different ones get so many per minute. */
export const createFloodControl = (perMinute: () => number): FloodControl => {
  const known = new Map<string, Known>()
  let minuteEnds = 0
  let passed = 0
  return {
    judge: (event) => {
      const key = JSON.stringify([event.exception, event.message])
      const same = known.get(key)
      if (same) {
        same.count += 1
        same.first ??= event.timestamp
        same.last = event.timestamp
        return 'repeat'
      }
      const now = performance.now()
      if (now > minuteEnds) {
        minuteEnds = now + MINUTE_MS
        passed = 0
      }
      if (++passed > perMinute()) return 'flood'
      // What is remembered goes without the weight.
      if (known.size < MAX_KNOWN) known.set(key, { event: { ...event, breadcrumbs: [] }, count: 0 })
    },
    takeRepeats: () =>
      [...known.values()].flatMap((same) => {
        const { event, ...repeats } = same
        if (!same.count) return []
        same.count = 0
        delete same.first
        return [{ ...event, event_id: hexId(), timestamp: same.last!, contexts: { ...event.contexts, repeats } }]
      }),
  }
}
