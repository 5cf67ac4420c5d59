// One real PostgreSQL server for a run, and databases of an empty store in it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import type { PostgresSettings } from '../src/adapters/postgres/connect.ts'
import { upgrade } from '../src/upgrade.ts'
import { isRoot, loadPostgres, openFolder } from './load-postgres.ts'
import { freePort } from './nats-server.ts'

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
const FLAGS = [
  '-c',
  'fsync=off',
  '-c',
  'synchronous_commit=off',
  '-c',
  'full_page_writes=off',
  '-c',
  'max_connections=200',
]

/** The package writes a password into a temporary file that the server's user has to read. */
const within = async (folder: string, work: () => Promise<void>): Promise<void> => {
  const { TMPDIR: before = tmpdir() } = process.env
  process.env['TMPDIR'] = folder
  await work().finally(() => (process.env['TMPDIR'] = before))
}

/** Starts a server in a folder of its own; whoever runs as root gets a user that PostgreSQL accepts. */
const startServer = async (): Promise<{ server: string; stop(): Promise<void> }> => {
  const folder = openFolder()
  const EmbeddedPostgres = await loadPostgres(folder)
  const said: string[] = []
  const port = await freePort()
  const embedded = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: FLAGS,
    onLog: (text) => void said.push(String(text)),
    onError: (text) => void said.push(String(text)),
  })
  const stop = async (): Promise<void> => {
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await within(folder, () => embedded.initialise())
    await embedded.start()
  } catch (cause) {
    await stop()
    throw new Error(
      `No PostgreSQL for the tests (FOGHORN_TEST_POSTGRES names one that is there): ${said.slice(-5).join('')}`,
      { cause },
    )
  }
  return { server: `postgres://postgres:password@127.0.0.1:${port}`, stop }
}

/** A server that is there already, such as one of another version, in the form that `postgresServer` has. */
const givenServer = (): Awaited<ReturnType<typeof startServer>> | undefined => {
  const server = process.env['FOGHORN_TEST_POSTGRES']
  return server === undefined ? undefined : { server, stop: async () => undefined }
}

/** For a run on PostgreSQL: starts the server and puts an empty store into it, of which tests get copies. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const { server, stop } = givenServer() ?? (await startServer())
  const data = mkdtempSync(join(tmpdir(), 'foghorn-empty-'))
  await ask(server, `drop database if exists ${EMPTY}`)
  await ask(server, `create database ${EMPTY}`)
  await upgrade(data, settingsOf(server, EMPTY))
  rmSync(data, { recursive: true, force: true })
  provide('postgresServer', server)
  return stop
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
