export interface Timer {
  /** Replaces what was set before. */
  set(ms: number): void
  clear(): void
  /** Clears it, and lets nothing be set any more. */
  stop(): void
}

export const createTimer = (run: () => void): Timer => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  const clear = (): void => clearTimeout(timer)
  return {
    clear,
    set: (ms) => {
      clear()
      if (!stopped) timer = setTimeout(run, ms)
    },
    stop: () => {
      stopped = true
      clear()
    },
  }
}
