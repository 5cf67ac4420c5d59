const WINDOW_MS = 15 * 60_000
const MAX_TRACKED = 10_000

/** Counts what a name asks for within a sliding quarter of an hour. */
export interface Throttle {
  /** False when the name has asked for as much as it may. */
  admit(name: string): boolean
}

/** Admits a name so many times. In memory: a restart forgets, and the tracked names are bounded. */
export const createThrottle = (atMost: number, now: () => number): Throttle => {
  const admitted = new Map<string, number[]>()
  return {
    admit: (name) => {
      const recent = (admitted.get(name) ?? []).filter((at) => at > now() - WINDOW_MS)
      if (recent.length >= atMost) return false
      admitted.delete(name)
      admitted.set(name, [...recent, now()])
      if (admitted.size > MAX_TRACKED) admitted.delete(admitted.keys().next().value!)
      return true
    },
  }
}
