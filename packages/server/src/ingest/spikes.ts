const MINUTE_MS = 60_000

// More than the service digests in a minute: what came before an outage and is digested after it is no spike.
export const ISSUE_SPIKE_FLOOR = 100_000

const SPIKE_FACTOR = 10
// How much of a mean the last minute makes: an hour or so of history.
const SHARE_OF_LAST_MINUTE = 0.02
// Below one in a minute a mean tells nothing: it is forgotten.
const MEAN_WORTH_KEEPING = 1

/** Tells events that are far more than usual: in a project, or in an issue. */
export interface Spikes {
  /** Whether so many more in this minute are too many. */
  exceeds(key: string, events: number): boolean
  add(key: string, events: number): void
}

/** Compares each minute with the mean of those before. Up to `floor` events in a minute are never a spike. */
export const createSpikes = (floor: number, now: () => number): Spikes => {
  let minute = 0
  let means = new Map<string, number>()
  let counts = new Map<string, number>()

  const roll = (): void => {
    const current = Math.floor(now() / MINUTE_MS)
    if (current === minute) return
    const idle = (1 - SHARE_OF_LAST_MINUTE) ** (current - minute - 1)
    const next = new Map<string, number>()
    for (const key of new Set([...means.keys(), ...counts.keys()])) {
      const before = means.get(key) ?? 0
      const mean = (before + ((counts.get(key) ?? 0) - before) * SHARE_OF_LAST_MINUTE) * idle
      if (mean >= MEAN_WORTH_KEEPING) next.set(key, mean)
    }
    minute = current
    means = next
    counts = new Map()
  }

  return {
    exceeds: (key, events) => {
      roll()
      return (counts.get(key) ?? 0) + events > Math.max(floor, (means.get(key) ?? 0) * SPIKE_FACTOR)
    },
    add: (key, events) => {
      roll()
      counts.set(key, (counts.get(key) ?? 0) + events)
    },
  }
}
