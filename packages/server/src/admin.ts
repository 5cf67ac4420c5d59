// What the command line does on the data folder itself, also while the service runs.
import { createLink } from './accounts/one-time-link.ts'
import { hashPassword } from './accounts/password.ts'
import { isScope, SCOPES } from './accounts/scopes.ts'
import { hashSecret, newSecret, TOKEN_PREFIX } from './accounts/secret.ts'
import { dsnOf, Slug } from './api/projects.ts'
import type { Config } from './config.ts'
import { ROLES, type Role } from './ports/accounts.ts'
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

export interface Admin {
  /** Makes the project, and its organization when there is none of that slug. A project that exists is given back as it is. */
  createProject(project: { org: string; slug: string; name?: string }): Promise<CreatedProject>
  /** Makes a token; it cannot be shown again. Without scopes it gets them all. */
  createToken(token: { org: string; scopes?: string[]; name?: string }): Promise<{ token: string }>
  /** Makes an account in every organization; without a password it gets an invitation link. */
  createUser(user: {
    email: string
    role: string
    password?: string
  }): Promise<{ id: string; email: string; inviteUrl?: string }>
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

const createToken = async (
  stores: Stores,
  wish: { org: string; scopes?: string[]; name?: string },
): Promise<{ token: string }> => {
  const organization = await stores.projects.organization(wish.org)
  if (!organization)
    throw new AdminError(
      `There is no organization ${wish.org}. Make it with: foghorn project create ${wish.org}/<project>`,
    )
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
  const stores = await openStores(config.data)
  return {
    createProject: (wish) => createProject(stores, config, wish),
    createToken: (wish) => createToken(stores, wish),
    createUser: (wish) => createUser(stores, config, wish),
    close: () => stores.close(),
  }
}
