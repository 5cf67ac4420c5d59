import type { Step } from '../regrouping/background.ts'
import type { FrameStore } from '../ports/frames.ts'
import { periodically } from './periodically.ts'

export interface CollectDeps {
  frames: FrameStore
  now: () => number
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * Deletes stored frames that no event shows any more: those of deleted events, and those that late maps have replaced. First
 * all events say which frames they show, then the others go. Cut off half-way, it begins anew and has deleted nothing wrong.
 */
export async function* collectFrames({ frames, now }: CollectDeps): AsyncGenerator<void> {
  const day = Math.floor(now() / DAY_MS)
  for (let from: number | undefined = 0; from !== undefined; yield) from = await frames.markShown(from, day)
  for (let from: number | undefined = 0; from !== undefined; yield) from = await frames.deleteUnshown(from, day)
}

/**
 * A background task: each call does one step of the collection that is due, once a day, and tells whether there was one. It
 * looks at all events: a service that is started again and again does not begin it each time.
 */
export const collectingFrames = (deps: CollectDeps): Step =>
  periodically(() => collectFrames(deps), { everyMs: DAY_MS, firstAfterMs: HOUR_MS, now: deps.now })
