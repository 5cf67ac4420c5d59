import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits as hex, behind a prefix that secret scanners can find. */
export const newSecret = (prefix = ''): string => prefix + randomBytes(32).toString('hex')

export const TOKEN_PREFIX = 'fgh_'

/** What is stored of a secret. It has all the entropy there can be, so a plain hash is enough. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')
