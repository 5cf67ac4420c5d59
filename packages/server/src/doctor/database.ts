import { sql } from 'kysely'
import type { MainDatabase } from '../adapters/sql/main-database.ts'
import { checkServer, serverVersion } from '../adapters/postgres/inspect.ts'
import { findingsOr, type Check, type Finding } from './finding.ts'
import { locksFinding } from './locks.ts'
import { withStore } from './with-store.ts'

const THREADS = 2

const connectionsFinding = async (db: MainDatabase, pool: number): Promise<Omit<Finding, 'check'>[]> => {
  const { rows } = await sql<{ most: number }>`select current_setting('max_connections')::int as most`.execute(db)
  const { most } = rows[0]!
  if (pool * THREADS <= most / 2) return []
  const finding = `A process may open ${pool * THREADS} connections, and the server takes ${most} from all together.`
  return [{ severity: 'warning', finding, advice: 'Lower FOGHORN_DATABASE_POOL, or put a pooler before the server.' }]
}

const searchFinding = async (db: MainDatabase): Promise<Omit<Finding, 'check'>[]> => {
  const { rows } = await sql<{ there: number }>`select to_regclass('issue_text') is not null as there`.execute(db)
  if (rows[0]!.there) return []
  const finding = 'Searches for words read all issues: the database has no index for them.'
  const advice =
    'Have an administrator run: create extension pg_trgm; create index issue_text on issue using gin (search_text gin_trgm_ops)'
  return [{ severity: 'warning', finding, advice }]
}

const UNREACHABLE = 'Check FOGHORN_DATABASE_URL, whether the server runs, and whether it can be reached from here.'

/** The PostgreSQL server, when there is one. */
export const database: Check = {
  name: 'database',
  look: async (config) => {
    if (config.databaseUrl === undefined) return []
    try {
      return await withStore(config, async (db) => {
        await checkServer(db)
        const asked = { connections: config.databasePool * THREADS, days: config.retentionDays }
        const found = [
          ...(await connectionsFinding(db, config.databasePool)),
          ...(await locksFinding(db, asked)),
          ...(await searchFinding(db)),
        ]
        return findingsOr('database', found, `PostgreSQL ${(await serverVersion(db)).name} answers.`)
      })
    } catch (error) {
      const finding = `The database cannot be used: ${(error as Error).message}.`
      return findingsOr('database', [{ severity: 'error', finding, advice: UNREACHABLE }], '')
    }
  },
}
