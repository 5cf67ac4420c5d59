import type { Assignee } from '../issues/life.ts'
import type { OwnershipRule } from '../issues/ownership.ts'
import type { StoredEvent } from '../stored-event.ts'

export interface Ownership {
  /** The project's own rules. */
  raw: string
  /** Its repository's CODEOWNERS file. */
  codeowners: string
  /** Whether new issues are given to whoever owns where they come from. */
  autoAssign: boolean
}

export interface Owned {
  rule: OwnershipRule
  /** Those of the rule's owners that the organization has. */
  owners: Assignee[]
}

/** Who looks after what in projects. */
export interface OwnershipStore {
  /** `updatedAt` is null for a project that never had rules. Milliseconds since 1970. */
  get(projectId: number): Promise<Ownership & { updatedAt: number | null }>
  put(projectId: number, ownership: Ownership): Promise<void>
  /** The member or team that a name stands for: `user:1`, `team:1`, `ada@example.com`, `#shop`, `@org/shop`, `@ada`. */
  findOwner(organizationId: number, name: string): Promise<Assignee | undefined>
  /** Who owns what an event comes from; the project's own rules decide before CODEOWNERS. */
  ownersOf(event: Pick<StoredEvent, 'projectId' | 'stacks' | 'payload'>): Promise<Owned | undefined>
}
