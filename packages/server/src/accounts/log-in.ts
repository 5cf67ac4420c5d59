import type { Account, AccountStore } from '../ports/accounts.ts'
import { isPassword } from './password.ts'
import { hashSecret, newSecret } from './secret.ts'
import { createLogInThrottle } from './log-in-throttle.ts'
import { createTurns } from './turns.ts'

const SESSION_MS = 30 * 24 * 3_600_000
/** Whom the provider lets in no more is out here within a day. */
export const SIGN_ON_SESSION_MS = 24 * 3_600_000
const TRIES_PER_ACCOUNT = 5
const TRIES_PER_ADDRESS = 15

export interface Credentials {
  email: string
  password: string
  /** Where the request came from. */
  address: string
}

export type LogInResult =
  | { status: 'ok'; account: Account; session: string }
  | { status: 'wrong' }
  | { status: 'blocked' }

export type ProofResult = { status: 'ok'; account: Account } | Exclude<LogInResult, { status: 'ok' }>

export interface LogIn {
  /** Whether somebody knows the password. Wrong ones count, whatever they are asked for. */
  prove(credentials: Credentials): Promise<ProofResult>
  /** Opens a session for somebody who knows the password. */
  withPassword(credentials: Credentials): Promise<LogInResult>
  /** Opens a session for somebody who has proved who they are; for 30 days where nothing else is said. */
  open(accountId: number, lastingMs?: number): Promise<string>
  close(session: string): Promise<void>
}

export const createLogIn = (accounts: AccountStore, now: () => number): LogIn => {
  const byAccount = createLogInThrottle({ kind: 'account', maxFailures: TRIES_PER_ACCOUNT }, accounts, now)
  const byAddress = createLogInThrottle({ kind: 'address', maxFailures: TRIES_PER_ADDRESS }, accounts, now)

  const inTurn = createTurns()

  const open = async (accountId: number, lastingMs = SESSION_MS): Promise<string> => {
    const session = newSecret()
    await accounts.addSession({ secretHash: hashSecret(session), accountId, expiresAt: now() + lastingMs })
    return session
  }

  const guess = async (name: string, { password, address }: Credentials): Promise<ProofResult> => {
    if ((await byAccount.isBlocked(name)) || (await byAddress.isBlocked(address))) return { status: 'blocked' }
    const account = await accounts.byEmail(name)
    const isRight = await isPassword(password, account?.passwordHash)
    if (!account || !isRight) {
      await byAccount.fail(name)
      await byAddress.fail(address)
      return { status: 'wrong' }
    }
    await byAccount.forget(name)
    return { status: 'ok', account }
  }

  /** In turn, so that guesses which are made at once are counted before the next is tried. */
  const prove = (credentials: Credentials): Promise<ProofResult> => {
    const name = credentials.email.toLowerCase()
    return inTurn(`from ${credentials.address}`, () => inTurn(`of ${name}`, () => guess(name, credentials)))
  }

  return {
    prove,
    open,
    close: (session) => accounts.removeSession(hashSecret(session)),
    withPassword: async (credentials) => {
      const proof = await prove(credentials)
      return proof.status === 'ok' ? { ...proof, session: await open(proof.account.id) } : proof
    },
  }
}
