import type { Step } from '../regrouping/background.ts'

/** A background task of many steps that begins again a while after it is through; a failure makes it begin anew. */
export const periodically = (
  begin: () => AsyncGenerator<unknown>,
  { everyMs, now }: { everyMs: number; now: () => number },
): Step => {
  let running: AsyncGenerator<unknown> | undefined
  let nextAt = 0
  return async () => {
    if (!running && now() < nextAt) return false
    running ??= begin()
    const { done } = await running.next()
    if (!done) return true
    running = undefined
    nextAt = now() + everyMs
    return false
  }
}
