import { AuthorizationResponseError } from 'openid-client'
import type { IdentityStore } from '../ports/identities.ts'
import { admitIdentity, type AdmitDeps, type Admission, type Beginning, type Refusal } from './admit-identity.ts'
import type { IdentityProvider, ProvenPerson, VisitSecrets } from './identity-provider.ts'
import { hashSecret, newSecret } from './secret.ts'

const VISIT_MS = 10 * 60_000

/** Single sign-on: log-in by what a provider of identities says. */
export interface SignOn {
  /** What the provider is called on the log-in page. */
  name: string
  /** Where to send the browser; undefined while the provider cannot be reached. */
  begin(visit: Beginning & { redirectUri: string; next: string }): Promise<SetOut | undefined>
  /** Whose account it is, and where they wanted to go. */
  finish(returned: URL, browserSecret: string): Promise<Return>
}

/** A visit that can begin. */
export interface SetOut {
  url: URL
  /** What the browser has to come back with. */
  browserSecret: string
}

/** How a visit ended. */
export interface Return {
  admission: Admission
  /** Path to go to. */
  next: string
  person?: ProvenPerson
}

export interface SignOnDeps extends AdmitDeps {
  identities: IdentityStore
  provider: IdentityProvider
  name: string
  /** Told why a provider's answer was not accepted. */
  onFailure: (error: unknown) => void
}

const isCancelled = (error: unknown): boolean =>
  error instanceof AuthorizationResponseError && error.error === 'access_denied'

const HOME = '/'

const refused = (reason: Refusal, next = HOME): Return => ({ admission: { status: 'refused', reason }, next })

export const createSignOn = (deps: SignOnDeps): SignOn => {
  const { provider, identities, name, now, onFailure } = deps

  const setOut = async (redirectUri: string) => {
    try {
      return await provider.begin(redirectUri)
    } catch (error) {
      onFailure(error)
      return undefined
    }
  }

  const begin: SignOn['begin'] = async ({ redirectUri, ...visit }) => {
    const begun = await setOut(redirectUri)
    if (!begun) return undefined
    const { url, secrets } = begun
    const browserSecret = newSecret()
    const { state, nonce, verifier } = secrets
    const hashes = { stateHash: hashSecret(state), browserHash: hashSecret(browserSecret) }
    await identities.addVisit({ ...visit, ...hashes, nonce, verifier, expiresAt: now() + VISIT_MS })
    return { url, browserSecret }
  }

  const ask = async (returned: URL, secrets: VisitSecrets): Promise<ProvenPerson | Refusal> => {
    try {
      return await provider.finish(returned, secrets)
    } catch (error) {
      if (isCancelled(error)) return 'cancelled'
      onFailure(error)
      return 'failed'
    }
  }

  const finish: SignOn['finish'] = async (returned, browserSecret) => {
    const state = returned.searchParams.get('state') ?? ''
    const visit = await identities.takeVisit(hashSecret(state), now())
    // In another browser than the one that set out, somebody is being lured into a stranger's account.
    if (visit?.browserHash !== hashSecret(browserSecret)) return refused('expired')
    const { nonce, verifier, next } = visit
    const person = await ask(returned, { state, nonce, verifier })
    if (typeof person === 'string') return refused(person, next)
    return { admission: await admitIdentity(person, visit, deps), next, person }
  }

  return { name, begin, finish }
}
