import type { GroupedEvent, Grouping, SymbolicatedEvent } from '../event.ts'
import { byFrames } from './by-frames.ts'
import { headline } from './headline.ts'

/** Stored beside each hash. A version that was released is never edited: old issues keep matching. */
const groupings = { 1: byFrames } as const satisfies Record<number, (event: SymbolicatedEvent) => Grouping>

const CURRENT = 1

/** Decides which events are one issue, and says by what. */
export const group = (event: SymbolicatedEvent): GroupedEvent => ({
  ...event,
  grouping: groupings[CURRENT](event),
  headline: headline(event),
})
