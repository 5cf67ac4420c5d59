import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { isFormerHash, isFormerPassword } from './former-password.ts'

export const MIN_PASSWORD_CHARS = 10

/** What people type, however their keyboard composes it. */
const typed = (password: string): string => password.normalize('NFKC')

/**
 * Hashes a password with its own salt. The library's defaults are OWASP's: Argon2id, 19 MiB, two passes (Password Storage
 * Cheat Sheet, checked 2026-11); the result says them, so that they can grow later.
 */
export const hashPassword = (password: string): Promise<string> => hash(typed(password))

// Somebody without an account must wait as long for the answer as somebody with one.
let ofNobody: Promise<string> | undefined
const hashOfNobody = (): Promise<string> => (ofNobody ??= hash(randomBytes(32)))

/** Whether the password is right. Does the same work when there is no hash to compare with. */
export const isPassword = async (password: string, hashed: string | null | undefined): Promise<boolean> => {
  if (hashed != null && isFormerHash(hashed)) return isFormerPassword(typed(password), hashed)
  const isRight = await verify(hashed ?? (await hashOfNobody()), typed(password))
  return isRight && hashed != null
}
