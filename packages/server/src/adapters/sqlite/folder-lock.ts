import { join } from 'node:path'
import Libsql from 'libsql'

const LOCK = 'service.lock'

const isBusy = (error: unknown): boolean => (error as { code?: string }).code === 'SQLITE_BUSY'

/**
 * Takes a data folder for one service, or gives undefined when another has it: two would digest the same requests. The
 * operating system frees the lock when the process ends, however it ends.
 */
export const lockFolder = (data: string): { release(): void } | undefined => {
  const db = new Libsql(join(data, LOCK))
  try {
    db.exec('BEGIN EXCLUSIVE')
    return { release: () => void db.close() }
  } catch (error) {
    db.close()
    if (isBusy(error)) return undefined
    throw error
  }
}
