import type { Generated } from 'kysely'

export interface AccountTables {
  team: { id: Generated<number>; organization_id: number; slug: string; name: string; created_at: number }
  team_member: { team_id: number; account_id: number; role: string | null }
  team_project: { team_id: number; project_id: number }
  audit_entry: {
    id: Generated<number>
    organization_id: number
    happened_at: number
    actor: string
    address: string
    action: string
    target: string
  }
  identity: { issuer: string; subject: string; account_id: number; created_at: number }
  sign_on: {
    state_hash: string
    browser_hash: string
    nonce: string
    verifier: string
    next: string
    account_id: number | null
    link_hash: string | null
    expires_at: number
  }
  log_in_failure: { name_hash: string; failed_at: number }
}
