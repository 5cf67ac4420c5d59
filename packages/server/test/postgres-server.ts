// One real PostgreSQL server for a run, and databases of an empty store in it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import type { PostgresSettings } from '../src/adapters/postgres/connect.ts'
import { upgrade } from '../src/upgrade.ts'
import { NOON } from './noon.ts'
import { runPostgres, type RunningPostgres } from './run-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server, as a URL without a database; absent where the embedded store is tested. */
    postgresServer: string | undefined
  }
}

const EMPTY = 'empty'

const settingsOf = (server: string, database: string): PostgresSettings => ({
  url: `${server}/${database}`,
  connections: 4,
  statementMs: 30_000,
})

const ask = async (server: string, statement: string): Promise<void> => {
  const client = new Client({ connectionString: `${server}/postgres` })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

// What a test loses with the machine is lost anyway.
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200']

/** A server that is there already, such as one of another version, in the form that `postgresServer` has. */
const givenServer = (): Pick<RunningPostgres, 'server' | 'close'> | undefined => {
  const server = process.env['FOGHORN_TEST_POSTGRES']
  return server === undefined ? undefined : { server, close: async () => undefined }
}

/** For a run on PostgreSQL: starts the server and puts an empty store into it, of which tests get copies. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const { server, close } = givenServer() ?? (await runPostgres(SETTINGS))
  const data = mkdtempSync(join(tmpdir(), 'foghorn-empty-'))
  await ask(server, `drop database if exists ${EMPTY}`)
  await ask(server, `create database ${EMPTY}`)
  await upgrade(data, settingsOf(server, EMPTY), NOON)
  rmSync(data, { recursive: true, force: true })
  provide('postgresServer', server)
  return close
}

let made = 0

export interface TestDatabase {
  settings: PostgresSettings
  drop(): Promise<void>
}

/** A database of its own with the newest schema, or with none. */
export const createDatabase = async ({ isBlank = false } = {}): Promise<TestDatabase> => {
  const server = inject('postgresServer')!
  const name = `test_${process.pid}_${(made += 1)}`
  await ask(server, `create database ${name}${isBlank ? '' : ` template ${EMPTY} strategy file_copy`}`)
  return { settings: settingsOf(server, name), drop: () => ask(server, `drop database ${name} with (force)`) }
}
