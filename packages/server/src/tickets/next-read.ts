const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

interface Known {
  /** When the ticket last changed, and when its system last said so itself. */
  changedAt: number
  heardAt: number | null
}

/** When a ticket is looked at again: seldom where webhooks arrive, often while things are moving. */
export const nextRead = (now: number, { changedAt, heardAt }: Known): number => {
  if (heardAt !== null && now - heardAt < 7 * DAY_MS) return now + 6 * HOUR_MS
  return now + (now - changedAt < DAY_MS ? 5 * MINUTE_MS : HOUR_MS)
}
