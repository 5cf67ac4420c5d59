import { sql, type Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

const HOUR_MS = 3_600_000
const CRASHED = 3

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .createTable('objective')
    .addColumn('project_id', types.bigint, (column) => column.primaryKey())
    .addColumn('kind', types.text, (column) => column.notNull())
    .addColumn('target', types.real, (column) => column.notNull())
    .addColumn('window_days', types.bigint, (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('session_hour')
    .addColumn('project_id', types.bigint, (column) => column.notNull())
    .addColumn('hour', types.bigint, (column) => column.notNull())
    .addColumn('sessions', types.bigint, (column) => column.notNull())
    .addColumn('crashed', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('session_hour_key', ['project_id', 'hour'])
    .execute()
  await sql`
    insert into session_hour (project_id, hour, sessions, crashed)
    select project_id, hour, sum(sessions), sum(crashed) from (
      select project_id, started_at / ${HOUR_MS} * ${HOUR_MS} as hour, 1 as sessions,
        case when severity = ${CRASHED} then 1 else 0 end as crashed from client_session
      union all
      select project_id, hour, quantity, case when severity = ${CRASHED} then quantity else 0 end from session_count) as known
    group by project_id, hour`.execute(db)
}
