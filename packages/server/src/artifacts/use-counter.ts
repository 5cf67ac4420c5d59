import type { ArtifactBundles } from '../ports/artifact-bundles.ts'

export interface UseCounter {
  /** Notes the maps that resolved an event, by their IDs. */
  note(maps: readonly number[]): void
  /** Writes down what was noted. */
  flush(): Promise<void>
}

// Seldom enough to cost nothing beside the events themselves. What a crash loses is a few seconds of a statistic.
const FLUSH_AFTER_MS = 5_000

/** Counts in memory what maps are good for, and writes it down now and then. */
export const createUseCounter = (bundles: Pick<ArtifactBundles, 'noteUse'>, now: () => number): UseCounter => {
  let counts = new Map<number, number>()
  let timer: NodeJS.Timeout | undefined
  const flush = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    if (counts.size === 0) return
    const noted = counts
    counts = new Map()
    await bundles.noteUse(noted, now())
  }
  return {
    note: (maps) => {
      for (const id of maps) counts.set(id, (counts.get(id) ?? 0) + 1)
      // A statistic that cannot be written is not worth an unhandled rejection; the store's own work tells what is wrong.
      if (counts.size > 0) timer ??= setTimeout(() => void flush().catch(() => undefined), FLUSH_AFTER_MS).unref()
    },
    flush,
  }
}
