/** What a rule counts: events of one issue, or of the project (0). */
export interface TallyKey {
  ruleId: number
  subject: number
}

export interface Tally extends TallyKey {
  /** Minutes or hours since 1970, by when the events happened. */
  slot: number
  events: number
  users: ReadonlySet<string>
}

/** First and last slot. */
export interface Span {
  from: number
  to: number
}

/** What rules have counted so far. */
export interface Tallies {
  add(tallies: readonly Tally[]): Promise<void>
  /** Slots with events, in order. */
  events(key: TallyKey, span: Span): Promise<{ slot: number; events: number }[]>
  /** How many different people. */
  users(key: TallyKey, span: Span): Promise<number>
  hasFired(key: TallyKey, occurrence: string): Promise<boolean>
}

export const sum = (rows: readonly { events: number }[]): number =>
  rows.reduce((total, { events }) => total + events, 0)
