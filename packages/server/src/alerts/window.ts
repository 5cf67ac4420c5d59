import type { Trigger } from './trigger.ts'
import type { Span, Tallies, TallyKey } from './tallies.ts'

/** Over what a trigger counts. */
export interface Window {
  slotMs: number
  slots: number
  minutes: number
  of: 'issue' | 'project'
  countsUsers: boolean
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Undefined for what a single event tells. */
export const windowOf = (trigger: Trigger): Window | undefined => {
  if (trigger.when === 'events' || trigger.when === 'users') {
    const { minutes, of, when } = trigger
    return { slotMs: MINUTE_MS, slots: minutes, minutes, of, countsUsers: when === 'users' }
  }
  if (trigger.when === 'escalating') return { slotMs: HOUR_MS, slots: 1, minutes: 60, of: 'issue', countsUsers: false }
  return undefined
}

/** Slots that lie near each other share their windows. */
export const spansOf = (slots: readonly number[], width: number): Span[] => {
  const spans: Span[] = []
  for (const slot of [...slots].sort((a, b) => a - b)) {
    const last = spans.at(-1)
    if (last && slot - last.to < width) last.to = slot
    else spans.push({ from: slot, to: slot })
  }
  return spans
}

/** The ends of all windows that hold one of the slots and end with an event. */
export const endsToTry = async (
  key: TallyKey,
  { window, slots }: { window: Window; slots: readonly number[] },
  tallies: Pick<Tallies, 'events'>,
): Promise<number[]> => {
  const ends = new Set<number>()
  for (const { from, to } of spansOf(slots, window.slots)) {
    const rows = await tallies.events(key, { from, to: to + window.slots - 1 })
    for (const { slot } of rows) ends.add(slot)
  }
  return [...ends]
}
