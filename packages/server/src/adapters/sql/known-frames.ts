/** IDs of stored frames by their hashes, of each project. */
type FrameIds = Map<number, Map<string, number>>

/** What a transaction knows of frames when it begins, and what it learns. */
export interface SeenFrames {
  /** The ID of a stored frame that bears this day already. */
  find(projectId: number, hash: string): number | undefined
  /** Notes a frame that the transaction has found or stored. */
  learn(projectId: number, hash: string, id: number): void
}

export interface KnownFrames {
  /** What is known at the beginning of a transaction of that day, counted from 1970. */
  begin(day: number): SeenFrames
  /** Keeps what a transaction has learned; to be called once it is committed. */
  keep(seen: SeenFrames): void
}

// About 100 bytes each.
const FRAMES_KEPT = 20_000

const NONE: ReadonlyMap<string, number> = new Map()

const sizeOf = (ids: FrameIds): number => [...ids.values()].reduce((sum, { size }) => sum + size, 0)

const addTo = (ids: FrameIds, projectId: number, hash: string, id: number): void => {
  const ofProject = ids.get(projectId) ?? new Map<string, number>()
  ofProject.set(hash, id)
  ids.set(projectId, ofProject)
}

/**
 * Remembers the frames that were stored or shown on the present day. The same ones come with thousands of events, and what
 * bears the day is not deleted before the day after, so that it need not be looked up again.
 */
export const knownFrames = (): KnownFrames => {
  let known: { day: number; ids: FrameIds } = { day: -Infinity, ids: new Map() }
  const learnedBy = new WeakMap<SeenFrames, { day: number; ids: FrameIds }>()

  return {
    begin: (day) => {
      const [before, learned]: FrameIds[] = [day === known.day ? known.ids : new Map(), new Map()]
      const seen: SeenFrames = {
        find: (projectId, hash) => (before!.get(projectId) ?? NONE).get(hash),
        learn: (projectId, hash, id) => addTo(learned!, projectId, hash, id),
      }
      learnedBy.set(seen, { day, ids: learned! })
      return seen
    },
    keep: (seen) => {
      const { day, ids } = learnedBy.get(seen)!
      if (day !== known.day || sizeOf(known.ids) >= FRAMES_KEPT) known = { day, ids: new Map() }
      for (const [projectId, learned] of ids) for (const [hash, id] of learned) addTo(known.ids, projectId, hash, id)
    },
  }
}
