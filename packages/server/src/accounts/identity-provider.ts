import * as oidc from 'openid-client'
import type { Identity } from '../ports/identities.ts'

export interface ProviderSettings {
  issuer: string
  clientId: string
  clientSecret?: string | undefined
}

/** What a visit to the provider is recognised by when it comes back. */
export interface VisitSecrets {
  state: string
  nonce: string
  verifier: string
}

/** Somebody whom the provider vouches for. */
export interface ProvenPerson extends Identity {
  email: string
  /** Whether the provider says that the address is theirs. */
  isVerified: boolean
  name: string
}

/** A provider of identities that speaks OpenID Connect. */
export interface IdentityProvider {
  /** Where to send the browser. Rejects when the provider cannot be reached. */
  begin(redirectUri: string): Promise<{ url: URL; secrets: VisitSecrets }>
  /** Who came back, from the address that the browser was sent to. Rejects when the provider did not vouch for anybody. */
  finish(returned: URL, secrets: VisitSecrets): Promise<ProvenPerson>
}

const TIMEOUT_SECONDS = 10
const SCOPE = 'openid email profile'

const authenticationOf = (secret: string | undefined, methods: readonly string[]): oidc.ClientAuth => {
  if (secret === undefined) return oidc.None()
  return methods.includes('client_secret_basic') ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret)
}

const discover = async ({ issuer, clientId, clientSecret }: ProviderSettings): Promise<oidc.Configuration> => {
  const url = new URL(issuer)
  // The settings allow plain HTTP on this machine only.
  const insecure = url.protocol === 'http:' ? [oidc.allowInsecureRequests] : []
  const found = await oidc.discovery(url, clientId, clientSecret, undefined, {
    execute: insecure,
    timeout: TIMEOUT_SECONDS,
  })
  const metadata = found.serverMetadata()
  // What holds where a provider says nothing (OpenID Connect Discovery 1.0, section 3).
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  const config = new oidc.Configuration(metadata, clientId, clientSecret, authenticationOf(clientSecret, methods))
  config.timeout = TIMEOUT_SECONDS
  for (const allow of insecure) allow(config)
  return config
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const claimsOf = async (
  config: oidc.Configuration,
  tokens: Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>,
): Promise<Record<string, unknown> & { iss: string; sub: string }> => {
  const claims = tokens.claims()!
  if (claims['email'] !== undefined) return claims
  // Many providers tell the address only when they are asked for it.
  const told = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
  return { ...told, iss: claims.iss, sub: claims.sub }
}

/** The provider behind an issuer's address, which is asked about itself at the first visit. */
export const createIdentityProvider = (settings: ProviderSettings): IdentityProvider => {
  let known: Promise<oidc.Configuration> | undefined
  const configuration = (): Promise<oidc.Configuration> => {
    known ??= discover(settings).catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }
  return {
    begin: async (redirectUri) => {
      const config = await configuration()
      const secrets = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      }
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: SCOPE,
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(secrets.verifier),
        code_challenge_method: 'S256',
      })
      return { url, secrets }
    },
    finish: async (returned, { state, nonce, verifier }) => {
      const config = await configuration()
      const tokens = await oidc.authorizationCodeGrant(config, returned, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const { iss, sub, email, email_verified: verified, name } = await claimsOf(config, tokens)
      // Some write the word instead of the value (Amazon Cognito, checked 2026-11).
      const isVerified = verified === true || verified === 'true'
      return { issuer: iss, subject: sub, email: textOf(email).toLowerCase(), isVerified, name: textOf(name) }
    },
  }
}
