import { sql, type Selectable, type Transaction } from 'kysely'
import type { AlertRule, StoredAlertRule } from '../../alerts/rule.ts'
import type { When } from '../../alerts/trigger.ts'
import type { AlertRuleStore } from '../../ports/alert-rules.ts'
import type { MainDatabase } from './main-database.ts'
import { jsonText } from './functions.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const toRule = (row: Selectable<Tables['alert_rule']>): StoredAlertRule => ({
  ...(JSON.parse(row.definition) as AlertRule),
  id: row.id,
  projectId: row.project_id,
  mutedUntil: row.muted_until === null ? null : Number(row.muted_until),
  countsSince: Number(row.counts_since ?? row.created_at),
})

/** A project's rules, the oldest first. */
export const readRules = async (db: MainDatabase, projectId: number): Promise<StoredAlertRule[]> =>
  (await db.selectFrom('alert_rule').selectAll().where('project_id', '=', projectId).orderBy('id').execute()).map(
    toRule,
  )

const find = async (db: MainDatabase, projectId: number, ruleId: number): Promise<StoredAlertRule | undefined> => {
  const row = await db
    .selectFrom('alert_rule')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', ruleId)
    .executeTakeFirst()
  return row && toRule(row)
}

const forgetCounts = async (db: Write, ruleId: number): Promise<void> => {
  await db.deleteFrom('alert_tally').where('rule_id', '=', ruleId).execute()
  await db.deleteFrom('alert_person').where('rule_id', '=', ruleId).execute()
  await db.deleteFrom('alert_grade').where('rule_id', '=', ruleId).execute()
}

const whatIsCounted = ({ trigger, conditions }: AlertRule): string => JSON.stringify([trigger, conditions])

const replace = async (
  db: Write,
  before: StoredAlertRule,
  { rule, now }: { rule: AlertRule; now: number },
): Promise<void> => {
  const isAnew = whatIsCounted(before) !== whatIsCounted(rule)
  if (isAnew) await forgetCounts(db, before.id)
  await db
    .updateTable('alert_rule')
    .set({ definition: JSON.stringify(rule), ...(isAnew && { counts_since: now }) })
    .where('id', '=', before.id)
    .execute()
}

const remove = async (db: Write, projectId: number, ruleId: number): Promise<boolean> => {
  if (!(await find(db, projectId, ruleId))) return false
  await forgetCounts(db, ruleId)
  await db.deleteFrom('alert_rule').where('id', '=', ruleId).execute()
  return true
}

// What the clock looks after.
const LOOKED: readonly When[] = ['inbox', 'error-budget']

const looked = async (db: MainDatabase): Promise<StoredAlertRule[]> =>
  (
    await db
      .selectFrom('alert_rule')
      .selectAll()
      .where(jsonText(sql.ref('definition'), ['trigger', 'when']), 'in', LOOKED)
      .execute()
  ).map(toRule)

export const sqlAlertRules = (db: MainDatabase, now: () => number): AlertRuleStore => ({
  list: (projectId) => readRules(db, projectId),
  looked: () => looked(db),
  add: async (projectId, rule) => {
    const row = await db
      .insertInto('alert_rule')
      .values({ project_id: projectId, definition: JSON.stringify(rule), muted_until: null, created_at: now() })
      .returningAll()
      .executeTakeFirstOrThrow()
    return toRule(row)
  },
  replace: async (projectId, ruleId, rule) => {
    const before = await find(db, projectId, ruleId)
    if (before) await db.transaction().execute((transaction) => replace(transaction, before, { rule, now: now() }))
    return before && find(db, projectId, ruleId)
  },
  mute: async (projectId, ruleId, until) => {
    const { numUpdatedRows } = await db
      .updateTable('alert_rule')
      .set({ muted_until: until })
      .where('project_id', '=', projectId)
      .where('id', '=', ruleId)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },
  remove: (projectId, ruleId) => db.transaction().execute((transaction) => remove(transaction, projectId, ruleId)),
})
