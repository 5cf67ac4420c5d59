import type { Config } from '../config.ts'
import { BackupError } from './backup-error.ts'

/** A backup is of the data folder: of a database it would be a part that cannot be told from the whole. */
export const refuseDatabase = ({ databaseUrl, data }: Config): void => {
  if (databaseUrl !== undefined)
    throw new BackupError(
      `The main store is the database of FOGHORN_DATABASE_URL, whose own tools back it up: pg_dump --format=custom, and pg_restore. Keep ${data} beside it: it holds the key of secrets, what is not digested yet, and uploaded files.`,
    )
}
