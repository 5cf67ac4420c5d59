const WINDOW_MS = 15 * 60_000
const MAX_TRACKED = 10_000

/** Whether one more may be taken under this name; counts it when so. */
export type TakeTurn = (name: string) => boolean

/** So many within a sliding quarter of an hour. In memory: a restart forgets, and the tracked names are bounded. */
export const createReportLimit = (most: number, now: () => number): TakeTurn => {
  const taken = new Map<string, number[]>()
  return (name) => {
    const recent = (taken.get(name) ?? []).filter((at) => at > now() - WINDOW_MS)
    if (recent.length >= most) return false
    taken.delete(name)
    taken.set(name, [...recent, now()])
    if (taken.size > MAX_TRACKED) taken.delete(taken.keys().next().value!)
    return true
  }
}
