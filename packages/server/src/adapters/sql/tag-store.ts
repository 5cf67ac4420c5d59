import { sql, type RawBuilder } from 'kysely'
import type { TagStore } from '../../ports/tags.ts'
import type { MainDatabase } from './main-database.ts'
import { isLike } from './functions.ts'

// What people look for is what they have before them. Reading the tags of all issues would be as slow as those are many.
const ISSUES_READ = 100
const KEYS = 200
const VALUES = 20

// SQLite joins 500 queries at most.
const PROJECTS = 100
const STATUSES = ['unresolved', 'resolved', 'ignored']

/** The issues of each project that were seen last: an index gives them without sorting. */
const recent = (projectIds: readonly number[]): RawBuilder<unknown> =>
  sql.join(
    projectIds.slice(0, PROJECTS).flatMap((id) =>
      STATUSES.map(
        (status) => sql`select id from (select id from issue where project_id = ${id} and status = ${status}
          order by last_seen desc, id desc limit ${ISSUES_READ}) as recent_part`,
      ),
    ),
    sql` union all `,
  )

/** `%`, `_` and the mark itself stand for themselves. */
const holding = (text: string): string => `%${text.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`

export const sqlTagStore = (db: MainDatabase): TagStore => ({
  keys: async (projectIds) => {
    if (projectIds.length === 0) return []
    const { rows } = await sql<{ key: string }>`with recent as materialized (${recent(projectIds)})
      select distinct key from recent cross join issue_tag where issue_tag.issue_id = recent.id
      order by key limit ${KEYS}`.execute(db)
    return rows.map(({ key }) => key)
  },
  values: async ({ projectIds, key, text }) => {
    if (projectIds.length === 0) return []
    const { rows } = await sql<{ value: string; count: number }>`
      with recent as materialized (${recent(projectIds)})
      select value, sum(event_count) as count from recent cross join issue_tag
      where issue_tag.issue_id = recent.id and key = ${key} and ${isLike(sql.ref('value'), holding(text))}
      group by value order by count desc, value limit ${VALUES}`.execute(db)
    return rows
  },
})
