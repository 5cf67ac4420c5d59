import { randomUUID } from 'node:crypto'
import { CompiledQuery, Kysely, PostgresAdapter, PostgresDialect, PostgresDriver, sql } from 'kysely'
import type {
  DatabaseConnection,
  DialectAdapter,
  PostgresPool,
  QueryCompiler,
  Transaction,
  TransactionBuilder,
} from 'kysely'
import { postgresTypes } from '../sql/column-types.ts'
import { tellingDifferences, type Differences } from '../sql/differences.ts'
import type { Tables } from '../sql/tables.ts'
import { claimAs } from './claim.ts'
import { StoreCompiler } from './compiler.ts'
import { openPool, type PostgresSettings } from './connect.ts'
import { eventPartitions } from './event-days.ts'
import { postgresTextIndex } from './text-index.ts'
import { tryAgain } from './try-again.ts'

// Numbers of our advisory locks: 'fogh' and 'fogi', and which of those.
const OF_STORE = 0x666f6768
const OF_PROJECT = 0x666f6769
const WRITING = 0
const NUMBERING = 1

/** Whether a transaction writes alone, as each does in SQLite, or beside others that write to other projects. */
type Writing = 'alone' | 'beside'

const LOCK: Record<Writing, string> = { alone: 'pg_advisory_xact_lock', beside: 'pg_advisory_xact_lock_shared' }

const IDLE_MS = 60_000

/**
 * Time-outs and the lock are of the transaction, not of the session: behind a pooler the next transaction may get another
 * session. All in one message: it costs no further way to the server and back.
 */
const beginning = (writing: Writing, statementMs: number | undefined): string =>
  [
    'begin',
    ...(statementMs === undefined
      ? []
      : [`set local statement_timeout = ${statementMs}`, `set local idle_in_transaction_session_timeout = ${IDLE_MS}`]),
    `select ${LOCK[writing]}(${OF_STORE}, ${WRITING})`,
  ].join('; ')

class TurnsDriver extends PostgresDriver {
  readonly #beginning: string

  constructor(pool: PostgresPool, beginning: string) {
    super({ pool })
    this.#beginning = beginning
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(this.#beginning))
  }

  /** A lost connection has ended the transaction already; what failed should be told, not that. */
  override async rollbackTransaction(connection: Parameters<PostgresDriver['rollbackTransaction']>[0]): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => undefined)
  }
}

/** Migrations run in a transaction, which has the writers' lock: of several processes one brings the schema about. */
class StoreAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {
    return undefined
  }

  override async releaseMigrationLock(): Promise<void> {
    return undefined
  }
}

class StoreDialect extends PostgresDialect {
  readonly #driver: () => PostgresDriver
  readonly #differences: Differences

  constructor(pool: PostgresPool, beginning: string, differences: Differences) {
    super({ pool })
    this.#driver = () => new TurnsDriver(pool, beginning)
    this.#differences = differences
  }

  override createDriver(): PostgresDriver {
    return this.#driver()
  }

  override createQueryCompiler(): QueryCompiler {
    return new StoreCompiler()
  }

  override createAdapter(): DialectAdapter {
    return tellingDifferences(new StoreAdapter(), this.#differences)
  }
}

/** A database whose transactions are tried again when they met others. */
class StoreDatabase extends Kysely<Tables> {
  override transaction(): TransactionBuilder<Tables> {
    const builder = super.transaction()
    const execute = builder.execute.bind(builder)
    return Object.assign(builder, {
      execute: <Result>(work: (db: Transaction<Tables>) => Promise<Result>) => tryAgain(() => execute(work)),
    })
  }
}

const lockProjects = async (db: Transaction<Tables>, projectIds: Iterable<number>): Promise<void> => {
  // In their order, so that no two wait for each other.
  for (const id of [...projectIds].toSorted((a, b) => a - b))
    await sql`select pg_advisory_xact_lock(${sql.lit(OF_PROJECT)}, ${id})`.execute(db)
}

/** The main store in PostgreSQL. Each thread opens its own. */
export const openPostgres = async (settings: PostgresSettings): Promise<Kysely<Tables>> => {
  const { url, statementMs } = settings
  const pool = await openPool(url, settings)
  const name = randomUUID()
  const open = (writing: Writing): Kysely<Tables> =>
    new StoreDatabase({ dialect: new StoreDialect(pool, beginning(writing, statementMs), differences) })
  const differences: Differences = {
    types: postgresTypes,
    textIndex: postgresTextIndex,
    eventDays: eventPartitions,
    transactionOn: (_db, projectIds, work) =>
      beside.transaction().execute(async (db) => {
        await lockProjects(db, projectIds)
        return work(db)
      }),
    process: name,
    claim: claimAs(name),
    takeTurn: async (db) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(OF_STORE)}, ${sql.lit(NUMBERING)})`.execute(db)
    },
    isAnswering: (db) =>
      sql`select 1`.execute(db).then(
        () => true,
        () => false,
      ),
    erasing: (_db, work) => work(),
    // The server's own autovacuum does.
    releaseSpace: async () => false,
  }
  const beside = open('beside')
  return open('alone')
}
