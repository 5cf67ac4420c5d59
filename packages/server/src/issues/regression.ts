import { compareReleases, type DatedRelease } from '../releases/order.ts'
import type { Resolution } from './life.ts'

export interface SeenAgain {
  happenedAt: number
  /** Undefined for an event that does not say its release. */
  release: DatedRelease | undefined
}

/** The releases that a resolution names: those known at the time of the event. */
export interface NamedReleases {
  /** The release it is fixed in, or after which it is. For a commit: the first one that has it, if any has. */
  named: DatedRelease | undefined
  resolvedAt: number
}

/**
 * Whether an event proves that what was resolved is not. One that happened before, and arrives late, proves nothing; nor
 * does an older release, or one that nobody knows, when the fault is gone as of a release.
 */
export const bringsBack = (resolution: Resolution, event: SeenAgain, { named, resolvedAt }: NamedReleases): boolean => {
  if (resolution.by === 'now') return event.happenedAt >= resolvedAt
  if (!named || !event.release) return false
  const order = compareReleases(event.release, named)
  return resolution.by === 'next-release' ? order > 0 : order >= 0
}
