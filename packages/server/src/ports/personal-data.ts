/** Ways to tell who somebody is. Data counts as theirs when one of them fits. */
export interface Person {
  id?: string | undefined
  email?: string | undefined
  ip?: string | undefined
}

/** What was erased, by kind. */
export type Erased = Record<'events' | 'issues' | 'users' | 'tags' | 'feedback' | 'deadLetters', number>

/** Proof of an erasure that does not itself name the person. */
export interface ErasureReceipt {
  id: number
  /** SHA-256 of how the person was described, hex: who has the description can check it. */
  personHash: string
  erased: Erased
  /** Milliseconds since 1970. */
  erasedAt: number
}

/** What is kept about one person in an organization's projects. */
export interface PersonalData {
  /** Everything, a bounded piece at a time. */
  read(organizationId: number, person: Person): AsyncIterable<PersonalRecord>
  /** Deletes it all, in bounded steps, and keeps the receipt. */
  erase(organizationId: number, person: Person): Promise<ErasureReceipt>
  receipts(organizationId: number): Promise<ErasureReceipt[]>
}

export interface PersonalRecord {
  kind: 'event' | 'feedback'
  project: string
  /** ISO 8601. */
  receivedAt: string
  data: unknown
}
