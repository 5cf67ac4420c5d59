import { Client } from 'pg'
import { runPostgres, type RunningPostgres } from '../../packages/server/test/run-postgres.ts'

export interface Postgres extends Pick<RunningPostgres, 'restart'> {
  url: string
  ask<Row extends object>(statement: string): Promise<Row[]>
  close(): Promise<void>
}

/** A real PostgreSQL server with a database. */
export const startPostgres = async (): Promise<Postgres> => {
  const { server, restart, stop } = await runPostgres(['max_connections=300'])
  const url = `${server}/postgres`
  return {
    url,
    restart,
    ask: async <Row extends object>(statement: string) => {
      const client = new Client({ connectionString: url })
      client.on('error', () => undefined)
      await client.connect()
      return client
        .query<Row>(statement)
        .then(({ rows }) => rows)
        .finally(() => client.end())
    },
    close: stop,
  }
}
