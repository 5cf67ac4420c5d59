import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { appliedMigrations, indexNames } from '../adapters/postgres/inspect.ts'
import { migrate, openMainDatabase } from '../adapters/sql/database.ts'
import { pendingMigrations, unknownMigrations } from '../adapters/sql/migrations/index.ts'
import { damageOf, migrationsOf, namesIn } from '../adapters/sqlite/inspect-sqlite.ts'
import type { Config } from '../config.ts'
import { INBOX, MAIN, mainFile } from '../data-folder.ts'
import { findingsOr, type Check, type Finding } from './finding.ts'
import { withStore } from './with-store.ts'

export const databases: Check = {
  name: 'databases',
  look: ({ data }) => {
    const files = [INBOX, MAIN].filter((name) => existsSync(join(data, name)))
    if (files.length === 0) return []
    const found = files.flatMap((name) =>
      damageOf(join(data, name)).map((damage) => ({
        severity: 'error' as const,
        finding: `${name} is damaged: ${damage}.`,
        advice:
          'Stop the service, and restore the newest good backup into a new folder: foghorn restore <file> --data <folder>',
      })),
    )
    return findingsOr('databases', found, `${files.join(' and ')} are sound.`)
  },
}

const schemaFinding = (done: readonly string[]): Omit<Finding, 'check'>[] => {
  const unknown = unknownMigrations(done)
  if (unknown.length > 0)
    return [
      {
        severity: 'error',
        finding: `A newer Foghorn wrote this store (it has ${unknown.join(', ')}).`,
        advice: 'Update Foghorn.',
      },
    ]
  const pending = pendingMigrations(done)
  if (pending.length === 0) return []
  return [
    {
      severity: 'warning',
      finding: `This store is of an older version; ${pending.join(', ')} are to come.`,
      advice: 'Start the service: it copies the store and upgrades it.',
    },
  ]
}

const migrationsDone = async (config: Config): Promise<string[]> =>
  config.databaseUrl === undefined ? migrationsOf(mainFile(config.data)) : withStore(config, appliedMigrations)

export const schema: Check = {
  name: 'schema',
  look: async (config) =>
    findingsOr('schema', schemaFinding(await migrationsDone(config)), 'The store has the schema of this version.'),
}

/** Names of the indexes that a new store gets. */
const expectedIndexes = async (): Promise<string[]> => {
  const db = openMainDatabase(':memory:')
  try {
    await migrate(db)
    const { rows } = await sql<{ name: string }>`
      select name from sqlite_master where type = 'index' and name not like 'sqlite_%'`.execute(db)
    return rows.map(({ name }) => name)
  } finally {
    await db.destroy()
  }
}

const presentIndexes = async (config: Config): Promise<string[]> =>
  config.databaseUrl === undefined ? namesIn(mainFile(config.data), 'index') : withStore(config, indexNames)

export const indexes: Check = {
  name: 'indexes',
  look: async (config) => {
    const present = new Set(await presentIndexes(config))
    const missing = (await expectedIndexes()).filter((name) => !present.has(name))
    const found = missing.map((name) => ({
      severity: 'error' as const,
      finding: `The index ${name} is missing, so questions that need it are slow.`,
      advice: 'Make a backup and restore it into a new folder; if it is still missing, report it.',
    }))
    return findingsOr('indexes', found, 'All indexes are there.')
  },
}
