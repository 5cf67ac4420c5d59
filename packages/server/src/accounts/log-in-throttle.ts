import type { AccountStore } from '../ports/accounts.ts'
import { hashSecret } from './secret.ts'

const WINDOW_MS = 15 * 60_000

/** Counts failures by name within a sliding quarter of an hour. A restart does not forget them. */
export interface LogInThrottle {
  isBlocked(name: string): Promise<boolean>
  fail(name: string): Promise<void>
  forget(name: string): Promise<void>
}

type Failures = Pick<AccountStore, 'addFailure' | 'failuresSince' | 'forgetFailures'>

// Hashed, because people type passwords where the address should stand.
const keyOf = (kind: string, name: string): string => hashSecret(`${kind} ${name}`)

/** Blocks a name of a kind after so many failures. */
export const createLogInThrottle = (
  { kind, maxFailures }: { kind: 'account' | 'address'; maxFailures: number },
  failures: Failures,
  now: () => number,
): LogInThrottle => ({
  isBlocked: async (name) => (await failures.failuresSince(keyOf(kind, name), now() - WINDOW_MS)) >= maxFailures,
  fail: (name) => failures.addFailure(keyOf(kind, name), now()),
  forget: (name) => failures.forgetFailures(keyOf(kind, name)),
})
