import type { Account, AccountStore, OneTimeLink, Role } from '../ports/accounts.ts'
import type { IdentityStore } from '../ports/identities.ts'
import type { Organization } from '../ports/projects.ts'
import type { ProvenPerson } from './identity-provider.ts'

export const REFUSALS = [
  'cancelled',
  'expired',
  'failed',
  'log-in-first',
  'not-invited',
  'unreachable',
  'unverified',
  'wrong-person',
] as const
/** Why somebody whom the provider may well know gets no session. */
export type Refusal = (typeof REFUSALS)[number]

export type Admission =
  | { status: 'ok'; accountId: number; joined?: { organizationId: number; role: Role } }
  | { status: 'refused'; reason: Refusal }

/** Whom the operator lets in without an invitation. */
export interface JoinRules {
  /** Domains of e-mail addresses, in small letters. */
  domains: readonly string[]
  role: Role
  /** Which organization they join; undefined when the operator has to say which. */
  organization(): Promise<Organization | undefined>
}

export interface AdmitDeps {
  accounts: Pick<AccountStore, 'byEmail' | 'byId' | 'create' | 'join' | 'useLink' | 'findLink'>
  identities: Pick<IdentityStore, 'accountOf' | 'hasIdentity' | 'link'>
  rules: JoinRules
  now: () => number
}

/** What the visit began from. */
export interface Beginning {
  accountId: number | null
  linkHash: string | null
}

const refused = (reason: Refusal): Admission => ({ status: 'refused', reason })

const linkTo = async (
  account: Account | undefined,
  person: ProvenPerson,
  { identities }: AdmitDeps,
): Promise<Admission> => {
  if (account?.email !== person.email) return refused('wrong-person')
  await identities.link(person, account.id)
  return { status: 'ok', accountId: account.id }
}

const byInvitation = async (linkHash: string, person: ProvenPerson, deps: AdmitDeps): Promise<Admission> => {
  const { accounts, now } = deps
  const link: OneTimeLink | undefined = await accounts.findLink(linkHash, now())
  if (!link) return refused('expired')
  return linkTo(link.accountId === null ? undefined : await accounts.byId(link.accountId), person, deps)
}

const join = async (person: ProvenPerson, { accounts, identities, rules }: AdmitDeps): Promise<Admission> => {
  const organization = rules.domains.includes(person.email.split('@').at(-1)!) ? await rules.organization() : undefined
  if (!organization) return refused('not-invited')
  const name = person.name || person.email.split('@')[0]!
  const account = await accounts.create({ email: person.email, name: name.slice(0, 100), passwordHash: null })
  // Somebody with this address came in a moment ago.
  if (!account) return refused('log-in-first')
  await accounts.join(account.id, organization.id, rules.role)
  await identities.link(person, account.id)
  return { status: 'ok', accountId: account.id, joined: { organizationId: organization.id, role: rules.role } }
}

/** Somebody of whom we know nothing but an address that is theirs. */
const byAddress = async (person: ProvenPerson, deps: AdmitDeps): Promise<Admission> => {
  const account = await deps.accounts.byEmail(person.email)
  if (!account) return join(person, deps)
  const isInvited = account.passwordHash === null && !(await deps.identities.hasIdentity(account.id))
  // An account that somebody uses is theirs until they have said, from inside, that this is them.
  return isInvited ? linkTo(account, person, deps) : refused('log-in-first')
}

/**
 * Whose account somebody gets whom the provider vouches for. Known people are known by issuer and subject alone. New ones
 * need an address that the provider has verified, and besides: a session of the account with that address, an invitation to
 * that address, or a domain that the operator lets in.
 */
export const admitIdentity = async (person: ProvenPerson, from: Beginning, deps: AdmitDeps): Promise<Admission> => {
  const known = await deps.identities.accountOf(person)
  if (known !== undefined && from.accountId !== null && known !== from.accountId) return refused('wrong-person')
  if (known !== undefined) return { status: 'ok', accountId: known }
  if (!person.isVerified || person.email === '') return refused('unverified')
  if (from.accountId !== null) return linkTo(await deps.accounts.byId(from.accountId), person, deps)
  if (from.linkHash !== null) return byInvitation(from.linkHash, person, deps)
  return byAddress(person, deps)
}
