import { setTimeout as wait } from 'node:timers/promises'

// serialization_failure, deadlock_detected: what the transaction did is undone, and the next time it may come through.
const PASSING: ReadonlySet<unknown> = new Set(['40001', '40P01'])
const ATTEMPTS = 5
const FIRST_PAUSE_MS = 20

const isPassing = (error: unknown): boolean => PASSING.has((error as { code?: unknown } | undefined)?.code)

/** Runs a transaction again that lost against others. */
export const tryAgain = async <Result>(run: () => Promise<Result>): Promise<Result> => {
  for (let attempt = 1; ; attempt++)
    try {
      return await run()
    } catch (error) {
      if (attempt === ATTEMPTS || !isPassing(error)) throw error
      await wait(FIRST_PAUSE_MS * 2 ** attempt * Math.random())
    }
}
