import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { KEY } from './data-folder.ts'

/** Keeps texts that nobody is to read from the store alone. */
export interface Vault {
  seal(text: string): string
  /** Undefined when it was sealed with another key, or changed since. */
  open(sealed: string): string | undefined
}

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

const createVault = (readKey: () => Buffer): Vault => {
  let key: Buffer | undefined
  return {
    seal: (text) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, (key ??= readKey()), nonce)
      const sealed = [cipher.update(text, 'utf8'), cipher.final()]
      return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString('base64url')
    },
    open: (text) => {
      const sealed = Buffer.from(text, 'base64url')
      const decipher = createDecipheriv(CIPHER, (key ??= readKey()), sealed.subarray(0, NONCE_BYTES))
      try {
        decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
        return decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        return undefined
      }
    },
  }
}

const keyOfFolder = (data: string): string => {
  const file = join(data, KEY)
  // Two processes that start at once must not write two keys: the second one finds the file there.
  if (!existsSync(file)) {
    try {
      writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return readFileSync(file, 'utf8').trim()
}

/**
 * Opens the vault with the operator's key; without one, with a key that the data folder keeps beside the stores, made when
 * the first secret is kept.
 */
export const openVault = (data: string, secretKey?: string): Vault =>
  createVault(() =>
    createHash('sha256')
      .update(secretKey ?? keyOfFolder(data))
      .digest(),
  )
