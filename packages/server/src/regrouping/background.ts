/** One bounded piece of work that can wait; false when there was nothing to do. */
export type Step = () => Promise<boolean>

export interface BackgroundDeps {
  steps: readonly Step[]
  now: () => number
  onFailure: (error: unknown) => void
}

// While requests keep coming the rest still moves on, at a pace that digesting does not notice.
const WHEN_BUSY_EVERY_MS = 500
const AFTER_FAILURE_MS = 10_000

/**
 * What the digest thread does between batches: at once when the inbox is empty, now and then when it is not. A step that
 * fails is told and left alone for a while.
 */
export const createBackground = ({ steps, now, onFailure }: BackgroundDeps) => {
  const failedUntil = new Map<Step, number>()
  let lastAt = 0

  const attempt = async (step: Step): Promise<boolean> => {
    if ((failedUntil.get(step) ?? 0) > now()) return false
    try {
      return await step()
    } catch (error) {
      failedUntil.set(step, now() + AFTER_FAILURE_MS)
      onFailure(error)
      return false
    }
  }

  return async ({ isBusy }: { isBusy: boolean }): Promise<boolean> => {
    if (isBusy && now() - lastAt < WHEN_BUSY_EVERY_MS) return false
    lastAt = now()
    let hasWorked = false
    for (const step of steps) hasWorked = (await attempt(step)) || hasWorked
    return hasWorked
  }
}
