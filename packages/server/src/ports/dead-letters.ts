/** A request, or a part of one, that could not be digested. */
export interface DeadLetter {
  id: number
  projectId: number
  /** Milliseconds since 1970. */
  receivedAt: number
  reason: string
  /** Bytes. */
  size: number
}

export interface DeadLetters {
  /** Newest first. */
  list(projectId: number, limit: number): DeadLetter[]
  /** Those of all projects with higher numbers, and the highest number that there ever was. */
  after(id: number): { newest: number; letters: Pick<DeadLetter, 'id' | 'projectId'>[] }
  /** The envelope as it came, unscrubbed: whoever shows it scrubs it first. */
  body(projectId: number, id: number): Uint8Array | undefined
  /** Puts it back into the inbox as if it had just come; false when it is not there. */
  replay(projectId: number, id: number): boolean
  /** False when it is not there. */
  remove(projectId: number, id: number): boolean
  close(): void
}
