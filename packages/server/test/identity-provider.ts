import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider, type Configuration } from 'oidc-provider'

const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

export interface Person {
  sub: string
  email?: string
  email_verified?: boolean | string
  name?: string
}

export const CLIENT = { id: 'foghorn', secret: 'secret-of-the-client-in-tests' }

export interface ProviderOptions {
  /** Origin of the service that sends its people here. */
  origin: string
  /** Whether the service has no secret. */
  isPublic?: boolean
  port?: number
}

const configure = (current: () => Person, { origin, isPublic }: ProviderOptions): Configuration => ({
  clients: [
    {
      client_id: CLIENT.id,
      ...(isPublic ? { token_endpoint_auth_method: 'none' } : { client_secret: CLIENT.secret }),
      redirect_uris: [`${origin}/api/0/session/sign-on/return/`],
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
  cookies: { keys: ['key of the tests'] },
  jwks: { keys: [KEY.export({ format: 'jwk' })] },
  ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...current() }) }),
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! })
    grant.addOIDCScope('openid email profile')
    await grant.save()
    return grant
  },
})

/** Says yes for whoever sits at the provider at the moment, or no for nobody. */
const interact =
  (provider: Provider, current: () => Person | undefined) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const person = current()
    const result = person ? { login: { accountId: person.sub } } : { error: 'access_denied' }
    await provider.interactionFinished(request, response, result)
  }

/** A real provider of identities, at which one person sits. */
export const startIdentityProvider = async (options: ProviderOptions) => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let person: Person | undefined
  const provider = new Provider(
    issuer,
    configure(() => person!, options),
  )
  const finish = interact(provider, () => person)
  const answer = provider.callback()
  server.on('request', (request: IncomingMessage, response: ServerResponse) =>
    request.url!.startsWith('/interaction/') ? finish(request, response) : answer(request, response),
  )
  return {
    issuer,
    /** From now on this person sits there; nobody cancels. */
    seat: (next: Person | undefined) => {
      person = next
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
