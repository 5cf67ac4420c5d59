import type { AccountStore, OneTimeLink } from '../ports/accounts.ts'
import { hashSecret, newSecret } from './secret.ts'

const LINK_MS = 7 * 24 * 3_600_000

/** Makes a link's secret; only its hash is kept. A new setup link replaces the earlier ones. */
export const createLink = async (accounts: AccountStore, link: OneTimeLink, now: number): Promise<string> => {
  const secret = newSecret()
  if (link.purpose === 'setup') await accounts.removeSetupLinks()
  await accounts.addLink({ ...link, secretHash: hashSecret(secret), expiresAt: now + LINK_MS })
  return secret
}
