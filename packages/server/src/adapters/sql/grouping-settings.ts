import type { Transaction } from 'kysely'
import type { GroupingVersion } from '../../grouping/group.ts'
import type { GroupingRule } from '../../grouping/rule.ts'
import type { GroupingSettings, GroupingSettingsStore } from '../../ports/grouping-settings.ts'
import type { MainDatabase } from './main-database.ts'
import { addJob } from './regroup-jobs.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

// Long enough for faults that come back every month. Later ones are new issues, which the newer version tells apart.
const FORMER_MS = 30 * 24 * 3_600_000

const readRules = async (db: MainDatabase, projectId: number): Promise<GroupingRule[]> => {
  const row = await db
    .selectFrom('grouping_rules')
    .select('rules')
    .where('project_id', '=', projectId)
    .executeTakeFirst()
  return row ? JSON.parse(row.rules) : []
}

const readVersions = (db: MainDatabase, projectId: number) =>
  db
    .selectFrom('project')
    .select(['grouping_version', 'former_grouping_version', 'former_grouping_until'])
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow()

const get = async (db: MainDatabase, projectId: number, now: number): Promise<GroupingSettings> => {
  const row = await readVersions(db, projectId)
  const current = row.grouping_version as GroupingVersion
  const former = row.former_grouping_version as GroupingVersion | null
  const until = Number(row.former_grouping_until ?? 0)
  const isMet = former !== null && until > now
  return {
    rules: await readRules(db, projectId),
    versions: isMet ? [current, former] : [current],
    formerUntil: isMet ? until : null,
  }
}

const setRules = async (
  db: Write,
  projectId: number,
  { rules, now }: { rules: readonly GroupingRule[]; now: number },
): Promise<void> => {
  await db
    .insertInto('grouping_rules')
    .values({ project_id: projectId, rules: JSON.stringify(rules) })
    .onConflict((conflict) => conflict.column('project_id').doUpdateSet({ rules: JSON.stringify(rules) }))
    .execute()
  const about = rules.length === 1 ? '1 rule' : `${rules.length} rules`
  await addJob(db, { projectId, cause: 'rules-changed', about, subject: { all: true }, now })
}

const switchTo = async (
  db: Write,
  projectId: number,
  { version, now }: { version: GroupingVersion; now: number },
): Promise<boolean> => {
  const { grouping_version: former } = await readVersions(db, projectId)
  if (former >= version) return false
  await db
    .updateTable('project')
    .set({
      grouping_version: version,
      former_grouping_version: former,
      former_grouping_until: now + FORMER_MS,
    })
    .where('id', '=', projectId)
    .execute()
  const about = `version ${version}`
  await addJob(db, { projectId, cause: 'version-changed', about, subject: { all: true }, now })
  return true
}

export const sqlGroupingSettings = (db: MainDatabase, now: () => number): GroupingSettingsStore => ({
  get: (projectId) => get(db, projectId, now()),
  setRules: (projectId, rules) =>
    db.transaction().execute((transaction) => setRules(transaction, projectId, { rules, now: now() })),
  switchTo: (projectId, version) =>
    db.transaction().execute((transaction) => switchTo(transaction, projectId, { version, now: now() })),
})
