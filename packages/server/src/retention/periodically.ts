import type { Step } from '../regrouping/background.ts'

/** One round of steps; `again` when there is more to do than can wait for the next round. */
export type Round = AsyncGenerator<unknown, 'again' | void>

export interface Period {
  everyMs: number
  /** How long after the start; 0 unless told otherwise. */
  firstAfterMs?: number
  now: () => number
}

/** A background task of many steps that begins again a while after it is through; a failure makes it begin anew. */
export const periodically = (begin: () => Round, { everyMs, firstAfterMs = 0, now }: Period): Step => {
  let running: Round | undefined
  let nextAt = now() + firstAfterMs
  return async () => {
    if (!running && now() < nextAt) return false
    running ??= begin()
    const { done, value } = await running.next()
    if (!done) return true
    running = undefined
    nextAt = value === 'again' ? now() : now() + everyMs
    return false
  }
}
