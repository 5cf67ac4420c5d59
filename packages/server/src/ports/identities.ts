/** Who somebody is at a provider of identities. */
export interface Identity {
  issuer: string
  /** Never given to another by its issuer; e-mail addresses are. */
  subject: string
}

/** A visit to the provider that is under way. Secrets are handed in as hashes. */
export interface SignOnVisit {
  stateHash: string
  /** Of the secret that only the browser has which set out. */
  browserHash: string
  nonce: string
  verifier: string
  /** Path to come back to. */
  next: string
  /** Who was logged in when it began. */
  accountId: number | null
  /** Of the invitation that it began from. */
  linkHash: string | null
  /** Milliseconds since 1970. */
  expiresAt: number
}

export interface IdentityStore {
  accountOf(identity: Identity): Promise<number | undefined>
  hasIdentity(accountId: number): Promise<boolean>
  /**
   * Gives an identity to an account; it stays with the first one that it was given to. Links that could still give the account
   * a password stop working.
   */
  link(identity: Identity, accountId: number): Promise<void>
  addVisit(visit: SignOnVisit): Promise<void>
  /** Ends a visit, so that nobody comes back from it twice. */
  takeVisit(stateHash: string, now: number): Promise<SignOnVisit | undefined>
}
