const AUDITED = [
  'account.edit',
  'account.password',
  'member.invite',
  'member.join',
  'member.edit',
  'member.remove',
  'token.create',
  'token.revoke',
  'team.create',
  'team.edit',
  'team.remove',
  'project.create',
  'project.edit',
  'project.remove',
  'key.create',
  'key.edit',
  'ingest.edit',
  'organization.edit',
  'retention.edit',
  'objective.edit',
  'source-links.edit',
  'channel.create',
  'channel.edit',
  'channel.remove',
  'ticket-system.create',
  'ticket-system.edit',
  'ticket-system.remove',
  'person.export',
  'person.erase',
] as const
export type AuditAction = (typeof AUDITED)[number]

/** Who changed what. Never holds a secret, nor whose data was erased. */
export interface AuditEntry {
  organizationId: number
  /** E-mail address of an account, or `token` and the token's name. */
  actor: string
  /** Where the request came from. */
  address: string
  action: AuditAction
  /** What it was done to, for people. */
  target: string
}

export interface AuditedEntry extends AuditEntry {
  id: number
  /** Milliseconds since 1970. */
  happenedAt: number
}

export interface AuditPage {
  entries: AuditedEntry[]
  /** Cursor of the following page; absent on the last one. */
  next?: string
}

export interface AuditLog {
  add(entry: AuditEntry): Promise<void>
  /** Newest first. */
  list(organizationId: number, page: { limit: number; cursor?: string | undefined }): Promise<AuditPage>
}
