import { sql, type Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'
import { jsonText } from '../functions.ts'

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .createTable('alert_grade')
    .addColumn('rule_id', types.bigint, (column) => column.notNull())
    .addColumn('slot', types.bigint, (column) => column.notNull())
    .addColumn('grade', types.bigint, (column) => column.notNull())
    .addColumn('quantity', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('alert_grade_key', ['rule_id', 'slot', 'grade'])
    .execute()
  // What no window reaches any more is found by it.
  await db.schema.createIndex('alert_grade_by_slot').on('alert_grade').column('slot').execute()
  // When a rule began to count anew; null: when it was made.
  await db.schema.alterTable('alert_rule').addColumn('counts_since', types.bigint).execute()
  // As what alerts have counted a session, and since when: null for one that came too late to count.
  await db.schema.alterTable('client_session').addColumn('counted_severity', types.bigint).execute()
  await db.schema.alterTable('client_session').addColumn('counted_at', types.bigint).execute()
  // Rules that a clock looks after are found by their trigger.
  await sql`create index alert_rule_by_trigger on alert_rule (${jsonText(sql.ref('definition'), ['trigger', 'when'])})`.execute(
    db,
  )
}
