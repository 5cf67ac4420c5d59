/** A request that was accepted: an envelope as it came, decompressed. */
export interface AcceptedRequest {
  projectId: number
  /** Milliseconds since 1970. */
  receivedAt: number
  remoteAddress: string
  userAgent: string
  /** The envelope's bytes. */
  body: Uint8Array
}

export interface InboxItem extends AcceptedRequest {
  id: number
  /** How often a digest of this item was begun, this time included. */
  attempts: number
}

/** The door side. */
export interface Inbox {
  /** Resolves once the request is on disk and will survive the loss of power. Rejects when it could not be written. */
  add(request: AcceptedRequest): Promise<void>
  /** How much waits: items, not less than there are, bytes of disk that it takes, and when the oldest came. */
  load(): Promise<{ items: number; bytes: number; oldest?: number }>
  /** When the n-th of the requests that wait came, the oldest first; undefined when fewer wait. */
  arrivalOf(place: number): Promise<number | undefined>
  /** Resolves once everything added so far is on disk, then closes. */
  close(): Promise<void>
}

/** The worker's side. Where several may read at once, each item is with one of them. */
export interface InboxReader {
  /** How long after a worker died the items that it had in hand come again. */
  readonly comesAgainAfterMs: number
  /**
   * The oldest items that are due, each counted as attempted before it is handed out, so that an item that kills the
   * worker is noticed. An item that was attempted before comes alone. Bodies can be asked for until an item is removed.
   */
  claim(limit: number, now: number): Promise<InboxItem[]>
  /** Forgets items that are stored. */
  remove(ids: readonly number[]): Promise<void>
  /** Leaves the item alone until then. */
  postpone(id: number, until: number): Promise<void>
  /** Sets an item aside for good, with the reason; it is kept for people to look at, as long as it is among the last thousand. */
  bury(id: number, reason: string): Promise<void>
  /** Sets a part of an item aside for good: an envelope of its own, which comes from the item. The item stays. */
  buryPart(id: number, body: Uint8Array, reason: string): Promise<void>
  close(): Promise<void>
}
