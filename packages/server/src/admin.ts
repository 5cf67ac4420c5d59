// What the command line does on the data folder itself, also while the service runs.
import { createLink } from './accounts/one-time-link.ts'
import { hashPassword } from './accounts/password.ts'
import { isScope, SCOPES } from './accounts/scopes.ts'
import { hashSecret, newSecret, TOKEN_PREFIX } from './accounts/secret.ts'
import { dsnOf } from './api/project-keys.ts'
import { Slug } from './api/projects.ts'
import { postgresOf } from './choose-database.ts'
import { natsOf } from './choose-inbox.ts'
import type { Config } from './config.ts'
import { ROLES, type Role, type TokenRecord } from './ports/accounts.ts'
import type { ErasureReceipt, Person, PersonalRecord } from './ports/personal-data.ts'
import type { Organization } from './ports/projects.ts'
import { rememberedUrl } from './public-url.ts'
import { openStores, type Stores } from './stores.ts'
import * as v from 'valibot'

export interface CreatedProject {
  id: string
  slug: string
  org: string
  dsn: string
  publicKey: string
}

export interface TokenWish {
  org: string
  scopes?: string[]
  name?: string
  /** Default: it opens until it is revoked. */
  expiresInDays?: number
}

export interface Admin {
  /** Makes the project, and its organization when there is none of that slug. A project that exists is given back as it is. */
  createProject(project: { org: string; slug: string; name?: string }): Promise<CreatedProject>
  /** Makes a token; it cannot be shown again. Without scopes it gets them all. */
  createToken(token: TokenWish): Promise<{ token: string }>
  /** Newest first, without the tokens themselves. */
  tokens(org: string): Promise<TokenRecord[]>
  /** Makes a token open nothing any more. */
  revokeToken(org: string, id: string): Promise<void>
  /** Makes an account in every organization; without a password it gets an invitation link. */
  createUser(user: {
    email: string
    role: string
    password?: string
  }): Promise<{ id: string; email: string; inviteUrl?: string }>
  /** Everything kept about one person, a piece at a time. */
  exportPerson(org: string, person: Person): Promise<AsyncIterable<PersonalRecord>>
  /** Deletes everything kept about one person; gives the receipt, which is kept. */
  erasePerson(org: string, person: Person): Promise<ErasureReceipt>
  close(): Promise<void>
}

/** A wish that cannot be carried out; the message is for the person at the terminal. */
export class AdminError extends Error {}

const checkSlug = (kind: string, slug: string): void => {
  const parsed = v.safeParse(Slug, slug)
  if (!parsed.success) throw new AdminError(`The ${kind} ${JSON.stringify(slug)} ${parsed.issues[0].message}.`)
}

const createProject = async (
  stores: Stores,
  config: Config,
  wish: { org: string; slug: string; name?: string },
): Promise<CreatedProject> => {
  checkSlug('organization', wish.org)
  checkSlug('project', wish.slug)
  const organization = await stores.projects.ensureOrganization(wish.org)
  const { slug, name = slug } = wish
  const created = await stores.projects.create({ organizationId: organization.id, slug, name })
  const project = created ?? (await stores.projects.project(organization.id, slug))!
  const [key] = await stores.projects.keys(project.id)
  const dsn = dsnOf(key!, await rememberedUrl(stores.settings, config))
  return { id: String(project.id), slug, org: wish.org, dsn, publicKey: key!.publicKey }
}

const findOrganization = async (stores: Stores, slug: string): Promise<Organization> => {
  const organization = await stores.projects.organization(slug)
  if (organization) return organization
  throw new AdminError(`There is no organization ${slug}. Make it with: foghorn project create ${slug}/<project>`)
}

const DAY_MS = 24 * 3_600_000
const ENDING_CHARS = 4

const revokeToken = async (stores: Stores, org: string, id: string): Promise<void> => {
  const organization = await findOrganization(stores, org)
  const isGone = /^\d{1,15}$/.test(id) && (await stores.accounts.removeToken(organization.id, Number(id)))
  if (!isGone) throw new AdminError(`There is no token ${id} in ${org}. See them with: foghorn token list --org ${org}`)
}

const createToken = async (stores: Stores, wish: TokenWish): Promise<{ token: string }> => {
  const organization = await findOrganization(stores, wish.org)
  const scopes = wish.scopes?.length ? wish.scopes : [...SCOPES]
  const unknown = scopes.filter((scope) => !isScope(scope))
  if (unknown.length > 0)
    throw new AdminError(`Unknown scope ${unknown.join(', ')}. Choose from: ${SCOPES.join(', ')}.`)
  const token = newSecret(TOKEN_PREFIX)
  await stores.accounts.addToken({
    secretHash: hashSecret(token),
    organizationId: organization.id,
    name: wish.name ?? 'command line',
    scopes,
    ending: token.slice(-ENDING_CHARS),
    expiresAt: wish.expiresInDays === undefined ? undefined : Date.now() + wish.expiresInDays * DAY_MS,
  })
  return { token }
}

const isRole = (role: string): role is Role => (ROLES as readonly string[]).includes(role)

const createUser = async (
  stores: Stores,
  config: Config,
  wish: { email: string; role: string; password?: string },
): Promise<{ id: string; email: string; inviteUrl?: string }> => {
  if (!isRole(wish.role)) throw new AdminError(`Unknown role ${wish.role}. Choose from: ${ROLES.join(', ')}.`)
  const passwordHash = wish.password === undefined ? null : await hashPassword(wish.password)
  const account = await stores.accounts.create({ email: wish.email, name: wish.email.split('@')[0]!, passwordHash })
  if (!account) throw new AdminError(`There is an account ${wish.email} already.`)
  for (const organization of await stores.projects.organizations())
    await stores.accounts.join(account.id, organization.id, wish.role)
  const created = { id: String(account.id), email: account.email }
  if (passwordHash !== null) return created
  const secret = await createLink(stores.accounts, { purpose: 'invite', accountId: account.id }, Date.now())
  return { ...created, inviteUrl: `${await rememberedUrl(stores.settings, config)}/setup?token=${secret}` }
}

/** Opens the data folder for administration. */
export const openAdmin = async (config: Config): Promise<Admin> => {
  const stores = await openStores(config.data, { postgres: postgresOf(config), nats: natsOf(config) })
  return {
    createProject: (wish) => createProject(stores, config, wish),
    createToken: (wish) => createToken(stores, wish),
    tokens: async (org) => stores.accounts.tokens((await findOrganization(stores, org)).id),
    revokeToken: (org, id) => revokeToken(stores, org, id),
    createUser: (wish) => createUser(stores, config, wish),
    exportPerson: async (org, person) => stores.personalData.read((await findOrganization(stores, org)).id, person),
    erasePerson: async (org, person) => stores.personalData.erase((await findOrganization(stores, org)).id, person),
    close: () => stores.close(),
  }
}
