import type { Kysely, Migration, MigrationProvider } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'
import { up as core } from './0001-core.ts'
import { up as artifacts } from './0002-artifacts.ts'

type Up = (db: Kysely<unknown>, types: ColumnTypes) => Promise<void>

// Forward only: a migration that has been released is never edited, and none goes back.
const MIGRATIONS: Record<string, Up> = { '0001-core': core, '0002-artifacts': artifacts }

export const migrations = (types: ColumnTypes): MigrationProvider => ({
  getMigrations: async () => {
    const named: Record<string, Migration> = {}
    for (const [name, up] of Object.entries(MIGRATIONS)) named[name] = { up: (db) => up(db, types) }
    return named
  },
})
