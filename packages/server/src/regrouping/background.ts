/** One bounded piece of work that can wait; false when there was nothing to do. */
export type Step = () => Promise<boolean>

export interface BackgroundDeps {
  steps: readonly Step[]
  now: () => number
  onFailure: (error: unknown) => void
}

// Below this share of the time digesting keeps up whatever else is done. Above it, all else gets two fifths of the time:
// what is digested at full speed must be deleted at that speed too, once a project is at its limit.
const BUSY_SHARE = 0.2
const REST_FACTOR = 1.5
const REMEMBERED_MS = 2000
const AFTER_FAILURE_MS = 10_000
// New events wait meanwhile.
const AT_A_STRETCH_MS = 1000

/** How much of the last seconds went into digesting; what was longer ago counts less and less. */
const createShare = (now: () => number) => {
  let [digesting, all, lastAt] = [0, 0, now()]
  return (digestedMs: number): number => {
    const elapsed = Math.max(0, now() - lastAt)
    lastAt = now()
    const kept = Math.exp(-elapsed / REMEMBERED_MS)
    digesting = digesting * kept + digestedMs
    all = all * kept + elapsed
    return all === 0 ? 0 : digesting / all
  }
}

const leastOf = (steps: ReadonlySet<Step>, spent: ReadonlyMap<Step, number>): Step =>
  [...steps].reduce((least, step) => (spent.get(step)! < spent.get(least)! ? step : least))

/**
 * What the digest thread does between batches: at once while there is little to digest, for two fifths of the time while
 * there is much. A step that fails is told and left alone for a while.
 */
export const createBackground = ({ steps, now, onFailure }: BackgroundDeps) => {
  const failedUntil = new Map<Step, number>()
  const spent = new Map(steps.map((step) => [step, 0]))
  const share = createShare(now)
  let [endedAt, took, digested] = [-Infinity, 0, 0]

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

  /**
   * Who took least comes first, so that one with long steps leaves the others their part. What had nothing to do is owed
   * nothing when it has something again.
   */
  const attemptInTurn = async (budgetMs: number): Promise<boolean> => {
    const [begun, waiting] = [now(), new Set(steps)]
    let hasWorked = false
    while (waiting.size > 0 && !(hasWorked && now() - begun >= budgetMs)) {
      const [step, stepBegun] = [leastOf(waiting, spent), now()]
      if (await attempt(step)) {
        hasWorked = true
        spent.set(step, spent.get(step)! + now() - stepBegun)
      } else {
        waiting.delete(step)
        spent.set(step, Math.max(...spent.values()))
      }
    }
    return hasWorked
  }

  /** Told how long was digested since the last time; gives whether there was something to do. */
  return async (digestedMs: number): Promise<boolean> => {
    digested += digestedMs
    const mustShare = share(digestedMs) > BUSY_SHARE
    if (mustShare && now() - endedAt < REST_FACTOR * took) return false
    const begun = now()
    // A batch may take as long as many steps: one for each would be less than what is due, and sweeps would fall behind.
    const budgetMs = mustShare ? Math.min(digested / REST_FACTOR, AT_A_STRETCH_MS) : 0
    const hasWorked = await attemptInTurn(budgetMs)
    share(0)
    ;[endedAt, took, digested] = [now(), now() - begun, 0]
    return hasWorked
  }
}
