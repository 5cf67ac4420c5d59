import { Client } from 'pg'
import { runPostgres, type Opening, type RunningPostgres } from '../../packages/server/test/run-postgres.ts'

export interface Postgres extends Omit<RunningPostgres, 'server'> {
  url: string
  ask<Row extends object>(statement: string): Promise<Row[]>
}

/** A real PostgreSQL server with a database. */
export const startPostgres = async (opening?: Opening): Promise<Postgres> => {
  const { server, ...running } = await runPostgres(['max_connections=300'], opening)
  const url = `${server}/postgres`
  return {
    ...running,
    url,
    ask: async <Row extends object>(statement: string) => {
      const client = new Client({ connectionString: url })
      client.on('error', () => undefined)
      await client.connect()
      return client
        .query<Row>(statement)
        .then(({ rows }) => rows)
        .finally(() => client.end())
    },
  }
}
