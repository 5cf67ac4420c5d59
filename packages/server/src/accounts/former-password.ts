// Passwords that were chosen before Argon2 came: scrypt$N$r$p$salt$key.
import { scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(scrypt) as (password: string, salt: Buffer, length: number, cost: object) => Promise<Buffer>

const MOST_MEMORY = 256 * 1024 * 1024

export const isFormerHash = (hashed: string): boolean => hashed.startsWith('scrypt$')

export const isFormerPassword = async (password: string, hashed: string): Promise<boolean> => {
  const [, N, r, p, salt, key] = hashed.split('$')
  const expected = Buffer.from(key!, 'base64')
  const cost = { N: Number(N), r: Number(r), p: Number(p), maxmem: MOST_MEMORY }
  return timingSafeEqual(await derive(password, Buffer.from(salt!, 'base64'), expected.length, cost), expected)
}
