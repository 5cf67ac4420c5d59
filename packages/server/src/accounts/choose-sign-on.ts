import type { Config } from '../config.ts'
import type { AccountStore } from '../ports/accounts.ts'
import type { IdentityStore } from '../ports/identities.ts'
import type { Organization, ProjectStore } from '../ports/projects.ts'
import { createIdentityProvider } from './identity-provider.ts'
import { createSignOn, type SignOn, type SignOnDeps } from './sign-on.ts'

type SignOnSettings = Pick<
  Config,
  'oidcIssuer' | 'oidcClientId' | 'oidcClientSecret' | 'oidcName' | 'oidcDomains' | 'oidcRole' | 'oidcOrganization'
>

interface Stores {
  accounts: AccountStore
  identities: IdentityStore
  projects: Pick<ProjectStore, 'organization' | 'organizations'>
}

/** The organization that newcomers join: the one that is named, else the only one. */
const joined = async (slug: string | undefined, projects: Stores['projects']): Promise<Organization | undefined> => {
  if (slug !== undefined) return projects.organization(slug)
  const all = await projects.organizations()
  return all.length === 1 ? all[0] : undefined
}

/** Single sign-on as the settings have it; undefined when they name no provider. */
export const chooseSignOn = (
  settings: SignOnSettings,
  { accounts, identities, projects }: Stores,
  { onFailure, now }: Pick<SignOnDeps, 'onFailure' | 'now'>,
): SignOn | undefined => {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret } = settings
  if (issuer === undefined || clientId === undefined) return undefined
  const { oidcName: name, oidcDomains: domains, oidcRole: role, oidcOrganization } = settings
  return createSignOn({
    accounts,
    identities,
    provider: createIdentityProvider({ issuer, clientId, clientSecret }),
    rules: { domains, role, organization: () => joined(oidcOrganization, projects) },
    name,
    onFailure,
    now,
  })
}
