// What lies where in the folder of the embedded store.
import { join } from 'node:path'

export const INBOX = 'inbox.db'
export const MAIN = 'foghorn.db'
/** Seals what nobody is to read from the store alone; made when it is first needed. */
export const KEY = 'secret.key'
/** What the folder's inbox is called where several lead to one store; made when it is first needed. */
export const INBOX_NAME = 'inbox.name'
/** Copies of the main store, made before its schema was changed. */
export const BACKUPS = 'backups'
/** Copies of what a bucket holds, for look-ups. */
export const CACHE = 'cache'
/** What folders begin with in which a backup is put together. */
export const STAGING = 'backup-'

export const inboxFile = (data: string): string => join(data, INBOX)
export const mainFile = (data: string): string => join(data, MAIN)
export const artifactsFolder = (data: string): string => join(data, 'artifacts')
export const cacheFolder = (data: string): string => join(data, CACHE)
