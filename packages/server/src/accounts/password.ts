import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(scrypt) as (password: string, salt: Buffer, length: number, cost: object) => Promise<Buffer>

// OWASP's first choice of parameters for scrypt (Password Storage Cheat Sheet, checked 2026-11): 128 MiB for a moment.
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
const KEY_BYTES = 32

export const MIN_PASSWORD_CHARS = 10

/** Hashes a password with its own salt; the result says how, so that the parameters can grow later. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16)
  const key = await derive(password.normalize('NFKC'), salt, KEY_BYTES, COST)
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$')
}

// Somebody without an account must wait as long for the answer as somebody with one.
const NOBODY = `scrypt$${COST.N}$${COST.r}$${COST.p}$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(KEY_BYTES).toString('base64')}`

/** Whether the password is right. Does the same work when there is no hash to compare with. */
export const isPassword = async (password: string, hash: string | null | undefined): Promise<boolean> => {
  const [, N, r, p, salt, key] = (hash ?? NOBODY).split('$')
  const expected = Buffer.from(key!, 'base64')
  const cost = { N: Number(N), r: Number(r), p: Number(p), maxmem: COST.maxmem }
  const actual = await derive(password.normalize('NFKC'), Buffer.from(salt!, 'base64'), expected.length, cost)
  return timingSafeEqual(actual, expected) && hash != null
}
