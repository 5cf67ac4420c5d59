/** Why single sign-on gave no session, and what to do; the service names the reasons. */
const REFUSALS: Record<string, string> = {
  cancelled: 'You were not signed in. Try again, or use your password.',
  expired: 'This took too long, or was begun in another browser. Try again.',
  failed: 'The sign-in was not confirmed. Try again; if it fails again, the log of the service tells why.',
  'log-in-first': 'There is an account with this email address. Log in with its password once to connect it.',
  'not-invited': 'There is no account for you yet. Ask an owner of the organization to invite you.',
  unreachable: 'The sign-in service cannot be reached at the moment. Try again later, or use your password.',
  unverified: 'Your email address has not been verified where you signed in. Verify it there, then try again.',
  'wrong-person': 'You signed in with another email address than that of the account or invitation.',
}

export const refusalText = (reason: string | undefined): string | undefined =>
  reason === undefined ? undefined : (REFUSALS[reason] ?? REFUSALS['failed'])
