import type { IssueChanges } from '../ports/issue-changes.ts'

export interface Live {
  /** Undefined while as many listen as may; else the way out, which has to be taken. */
  enter(): (() => void) | undefined
  /** Resolves once there is a change after this one, or the time is over. */
  changed(after: number, atMostMs: number): Promise<void>
  /** Lets everybody who waits go on, and nobody in any more. */
  close(): void
  readonly isClosed: boolean
}

const LISTENERS = 500

/**
 * Waiting for changes of issues, whoever makes them: this process, its digest thread or another process. The store is
 * asked for the newest change every `everyMs` milliseconds, once for all listeners, and not at all without any.
 */
export const createLive = (
  changes: Pick<IssueChanges, 'newest'>,
  { everyMs, onFailure }: { everyMs: number; onFailure: (error: unknown) => void },
): Live => {
  const waiting = new Map<() => void, number>()
  const state = { listeners: 0, isClosed: false, timer: undefined as NodeJS.Timeout | undefined }

  const look = async (): Promise<void> => {
    const newest = await changes.newest()
    for (const [wake, after] of waiting) if (newest > after) wake()
  }

  const schedule = (): void => {
    if (state.timer || waiting.size === 0 || state.isClosed) return
    state.timer = setTimeout(() => {
      state.timer = undefined
      look().catch(onFailure).finally(schedule)
    }, everyMs).unref()
  }

  return {
    enter: () => {
      if (state.isClosed || state.listeners >= LISTENERS) return undefined
      state.listeners += 1
      return () => void (state.listeners -= 1)
    },
    changed: (after, atMostMs) =>
      new Promise((resolve) => {
        if (state.isClosed) return resolve()
        const wake = (): void => {
          clearTimeout(limit)
          waiting.delete(wake)
          resolve()
        }
        const limit = setTimeout(wake, atMostMs)
        waiting.set(wake, after)
        schedule()
      }),
    close: () => {
      state.isClosed = true
      clearTimeout(state.timer)
      for (const wake of waiting.keys()) wake()
    },
    get isClosed() {
      return state.isClosed
    },
  }
}
