import type { GroupingRulesStore } from '../../ports/grouping-rules.ts'
import type { MainDatabase } from './database.ts'

export const sqlGroupingRules = (db: MainDatabase): GroupingRulesStore => ({
  get: async (projectId) => {
    const row = await db
      .selectFrom('grouping_rules')
      .select('rules')
      .where('project_id', '=', projectId)
      .executeTakeFirst()
    return row ? JSON.parse(row.rules) : []
  },
  set: async (projectId, rules) => {
    await db
      .insertInto('grouping_rules')
      .values({ project_id: projectId, rules: JSON.stringify(rules) })
      .onConflict((conflict) => conflict.column('project_id').doUpdateSet({ rules: JSON.stringify(rules) }))
      .execute()
  },
})
