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

/** What other settings would mask of the newest events, which are masked by the present ones already. */
export interface ScrubbingPreviewJson {
  /** How many of the newest events were looked at, and of how many more would be masked. */
  looked: number
  changed: number
  /** The newest of these, else the newest event; null when nothing is stored. */
  event: {
    id: string
    title: string
    dateCreated: string
    /** What would be masked besides; `after` is empty where nothing would be kept. */
    places: { path: string; before: string; after: string }[]
    /** Where it is masked already. */
    masked: string[]
  } | null
}
