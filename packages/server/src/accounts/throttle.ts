const WINDOW_MS = 15 * 60_000
const MAX_TRACKED = 10_000

/** Counts failures by name within a sliding quarter of an hour. */
export interface Throttle {
  isBlocked(name: string): boolean
  fail(name: string): void
  forget(name: string): void
}

/** Blocks a name after so many failures. In memory: a restart forgets, and the tracked names are bounded. */
export const createThrottle = (maxFailures: number, now: () => number): Throttle => {
  const failures = new Map<string, number[]>()
  const recent = (name: string): number[] => (failures.get(name) ?? []).filter((at) => at > now() - WINDOW_MS)
  return {
    isBlocked: (name) => recent(name).length >= maxFailures,
    fail: (name) => {
      const times = [...recent(name), now()]
      failures.delete(name)
      failures.set(name, times)
      if (failures.size > MAX_TRACKED) failures.delete(failures.keys().next().value!)
    },
    forget: (name) => void failures.delete(name),
  }
}
