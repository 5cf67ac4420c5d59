import type { Occasion } from '../alerts/occasion.ts'

/** Stored events as alerts see them. */
export interface OccasionStore {
  /** A project's newest events that came since a time, at most so many, in the order in which they came. */
  since(
    projectId: number,
    page: {
      from: number
      limit: number
      /** Whether it is asked who owns what they come from. */
      withOwners: boolean
    },
  ): Promise<Occasion[]>
}
