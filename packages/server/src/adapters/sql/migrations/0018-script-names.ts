import { sql, type Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'
import { stableScriptName } from '../../../grouping/stable-path.ts'

interface Row {
  id: number
  script_url: string
}

const BATCH = 500

const nameKnown = async (db: Kysely<unknown>): Promise<void> => {
  let after = 0
  for (;;) {
    const { rows } = await sql<Row>`
      select id, script_url from artifact where id > ${after} order by id limit ${BATCH}`.execute(db)
    for (const { id, script_url: url } of rows)
      await sql`update artifact set stable_name = ${stableScriptName(url)} where id = ${id}`.execute(db)
    if (rows.length < BATCH) return
    after = rows.at(-1)!.id
  }
}

// The name of a script as it is in every build: scripts whose names hold the hash of their build are met by it.
export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .alterTable('artifact')
    .addColumn('stable_name', types.text, (column) => column.notNull().defaultTo(''))
    .execute()
  await nameKnown(db)
  await db.schema
    .createIndex('artifact_by_stable_name')
    .on('artifact')
    .columns(['project_id', 'stable_name', 'uploaded_at', 'id'])
    .execute()
}
