import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { ConfigError } from '../../config.ts'

export interface PostgresSettings {
  /** `postgres://user:password@host:port/database?sslmode=…` */
  url: string
  /** Another server that holds the same a little later, for questions that can take that. */
  readUrl?: string | undefined
  /** Connections that each thread of the service may have open. */
  connections: number
  /** How long one statement may take. Default: as long as it needs. */
  statementMs?: number | undefined
}

/** Most services need no client: loaded where PostgreSQL is configured. */
export const loadClient = async () => {
  try {
    return await import('pg')
  } catch (cause) {
    throw new ConfigError(
      'FOGHORN_DATABASE_URL is set, which takes the package pg. Install it beside Foghorn: npm install -g pg',
      { cause },
    )
  }
}

const BOOLEAN = 16
const NUMBERS: readonly number[] = [20, 21, 23, 700, 701, 1700]

/** Numbers as numbers: what Foghorn counts stays far below 2^53. Truth is 1 or 0, as in SQLite. */
const readerOf = (type: number): ((text: string) => unknown) | undefined => {
  if (type === BOOLEAN) return (text) => (text === 't' ? 1 : 0)
  return NUMBERS.includes(type) ? Number : undefined
}

const CONNECTING_MS = 10_000
const IDLE_MS = 30_000
/** A server that does not end a statement in time is given up this much later. */
const GRACE_MS = 5000

const LARGEST = 2n ** 63n - 1n

/** A number that no column holds is what the largest one is: beyond all others, and equal to none. */
const withinRange = (number: number): number | bigint => {
  if (Math.abs(number) < 2 ** 63) return number
  return number > 0 ? LARGEST : -LARGEST
}

/**
 * PostgreSQL has no texts with a NUL in them; what stands for characters that cannot be shown takes its place. What is no
 * number is nothing, as in SQLite: columns of integers refuse it even in questions.
 */
const storable = (parameter: unknown): unknown => {
  if (typeof parameter === 'number') return Number.isNaN(parameter) ? null : withinRange(parameter)
  return typeof parameter === 'string' && parameter.includes('\0') ? parameter.replaceAll('\0', '\u{FFFD}') : parameter
}

const isGivenUp = (error: unknown): boolean => error instanceof Error && error.message === 'Query read timeout'

/** A connection on which nothing more is to be asked once a statement was given up: its server is still at that. */
const leased = (client: PoolClient): PostgresPoolClient => {
  let isBusy = false
  const query = async (text: string, parameters: readonly unknown[]) => {
    try {
      return await client.query(text, parameters.map(storable))
    } catch (error) {
      isBusy ||= isGivenUp(error)
      throw error
    }
  }
  return { query, release: () => client.release(isBusy) } as unknown as PostgresPoolClient
}

/**
 * Connections to a server, or to a pooler before it: nothing is asked of a connection that outlives a transaction, and
 * statements have no names. Throws ConfigError when there is no client.
 */
export const openPool = async (url: string, settings: Omit<PostgresSettings, 'url'>): Promise<PostgresPool> => {
  const { Pool, types } = await loadClient()
  const pool: Pool = new Pool({
    connectionString: url,
    max: settings.connections,
    application_name: 'foghorn',
    connectionTimeoutMillis: CONNECTING_MS,
    idleTimeoutMillis: IDLE_MS,
    keepAlive: true,
    ...(settings.statementMs !== undefined && { query_timeout: settings.statementMs + GRACE_MS }),
    types: {
      getTypeParser: ((type: number, format) =>
        readerOf(type) ?? types.getTypeParser(type, format)) as typeof types.getTypeParser,
    },
  })
  // One that is lost while it rests is replaced; whoever asks next learns of a server that is gone.
  pool.on('error', () => undefined)
  return { connect: async () => leased(await pool.connect()), end: () => pool.end() } as PostgresPool
}
