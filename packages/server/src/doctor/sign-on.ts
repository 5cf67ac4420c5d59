import { createIdentityProvider } from '../accounts/identity-provider.ts'
import { findingsOr, type Check } from './finding.ts'

const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error
  return cause instanceof Error ? `${message} (${cause.message})` : message
}

/** Asks the provider of identities about itself, as the first visit would. */
export const signOn: Check = {
  name: 'sign-on',
  look: async ({ oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret }) => {
    if (issuer === undefined || clientId === undefined) return []
    try {
      await createIdentityProvider({ issuer, clientId, clientSecret }).begin('https://errors.example.com/')
    } catch (error) {
      const finding = `The provider ${issuer} does not answer as one: ${reasonOf(error)}.`
      const advice = 'Check FOGHORN_OIDC_ISSUER: its /.well-known/openid-configuration must be readable from here.'
      return findingsOr('sign-on', [{ severity: 'error', finding, advice }], '')
    }
    return findingsOr('sign-on', [], `The provider ${issuer} answers.`)
  },
}
