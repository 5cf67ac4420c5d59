import type { Person } from './personal-data.ts'

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
  list(projectId: number, limit: number): Promise<DeadLetter[]>
  /** Those of all projects with higher numbers, and the highest number that there ever was. */
  after(id: number): Promise<{ newest: number; letters: Pick<DeadLetter, 'id' | 'projectId'>[] }>
  /** The envelope as it came, unscrubbed: whoever shows it scrubs it first. */
  body(projectId: number, id: number): Promise<Uint8Array | undefined>
  /** Puts it back into the inbox as if it had just come; false when it is not there. */
  replay(projectId: number, id: number): Promise<boolean>
  /** False when it is not there. */
  remove(projectId: number, id: number): Promise<boolean>
  /** Deletes those of a project that name a person; tells how many. */
  forget(projectId: number, person: Person): Promise<number>
  /** How many there are. */
  count(): Promise<number>
  close(): Promise<void>
}
