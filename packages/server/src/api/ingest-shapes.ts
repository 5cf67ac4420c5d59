// What the addresses about taking in answer.

/** What became of so many items of one category within an hour. */
export interface OutcomeJson {
  hour: string
  category: string
  outcome: 'accepted' | 'filtered' | 'limited' | 'duplicate' | 'failed' | 'discarded' | 'unsupported'
  reason: string
  quantity: number
}

/** How the sessions of a release went; shares are null without sessions or without known users. */
export interface ReleaseHealthJson {
  release: string
  sessions: number
  crashed: number
  errored: number
  users: number
  crashedUsers: number
  crashFreeSessions: number | null
  crashFreeUsers: number | null
}

/** A request, or a part of one, that could not be digested. */
export interface DeadLetterJson {
  id: string
  dateReceived: string
  reason: string
  /** Bytes. */
  size: number
}
