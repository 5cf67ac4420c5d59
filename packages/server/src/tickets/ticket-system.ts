import type { Block } from './draft.ts'

/** A ticket as its system knows it. */
export interface RemoteTicket {
  /** What people and the system call it: `42`, `SHOP-12`. */
  key: string
  url: string
  title: string
  isClosed: boolean
  /** Lets `read` ask whether anything has changed since. */
  version?: string | undefined
}

/** What a system answered. Whatever goes wrong is an answer, never a throw. */
export type Answer<Value> =
  | { status: 'done'; value: Value }
  /** Worth another try, at the earliest after so many milliseconds if the system says so. */
  | { status: 'failed'; answer: string; afterMs?: number }
  /** Will never be done. */
  | { status: 'refused'; answer: string }

/** What a ticket is made of. Its texts are bounded, on one line (but for code), and free of what reorders text. */
export interface TicketDraft {
  /** A UUID that no other ticket has. It stands in the ticket, so that `find` knows it again. */
  marker: string
  title: string
  body: readonly Block[]
}

export interface TicketComment {
  /** The same however often it is tried. */
  id: string
  body: readonly Block[]
}

/** A request that a system sends when one of its tickets has changed. */
export interface Hook {
  /** By names in lower case. */
  headers: Readonly<Record<string, string | undefined>>
  query: Readonly<Record<string, string | undefined>>
  body: Buffer
  /** Milliseconds since 1970. */
  now: number
}

/**
 * Where tickets are kept, over the credentials that it was opened with. Calls for one system come one after the other. After
 * a failure, and after a crash of the service, the same call comes again.
 */
export interface TicketSystem {
  /** How long it takes until `find` sees for sure what `create` has made, in milliseconds. */
  readonly findsAfterMs: number
  /** Tries the credentials; says in words what they lead to. */
  check(): Promise<Answer<string>>
  /** The key that an address or a key as people write it stands for; undefined when it is none of this system. */
  keyOf(reference: string): string | undefined
  /** The ticket that bears a marker, made since a time; undefined when there is none. Asked before `create` comes again. */
  find(marker: string, since: number): Promise<Answer<RemoteTicket | undefined>>
  create(draft: TicketDraft): Promise<Answer<RemoteTicket>>
  /** `unchanged` only for a version that was given; undefined when there is no such ticket any more. */
  read(key: string, version?: string): Promise<Answer<RemoteTicket | 'unchanged' | undefined>>
  comment(key: string, comment: TicketComment): Promise<Answer<void>>
  /** Closing what is closed changes nothing; the same for opening. */
  setClosed(key: string, isClosed: boolean): Promise<Answer<void>>
  /**
   * Keys of the tickets that a request tells of; undefined when it does not prove that it comes from the system. What it says
   * of them does not count: they are read, so that requests that are late, repeated or out of order do no harm.
   */
  hear(hook: Hook): readonly string[] | undefined
}
