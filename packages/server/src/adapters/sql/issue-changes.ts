import { sql, type Transaction } from 'kysely'
import type { Headline } from '../../event.ts'
import type { IssueChanges } from '../../ports/issue-changes.ts'
import type { MainDatabase } from './main-database.ts'
import { differencesOf } from './differences.ts'
import type { Tables } from './tables.ts'

// SQLite takes 32,766 parameters in one statement.
const ISSUES_AT_ONCE = 500

const newestChange = async (db: MainDatabase | Transaction<Tables>): Promise<number> => {
  const { newest } = await db
    .selectFrom('issue')
    .select(({ fn }) => fn.max('changed_in').as('newest'))
    .executeTakeFirstOrThrow()
  return Number(newest ?? 0)
}

/**
 * Tells listeners that these issues look different from now on. Changes are numbered: those of one transaction share a
 * number, and as writers take turns, numbers only grow and are seen in their order.
 */
export const noteChanged = async (db: Transaction<Tables>, issueIds: readonly number[]): Promise<void> => {
  await differencesOf(db).takeTurn(db)
  const change = (await newestChange(db)) + 1
  for (let from = 0; from < issueIds.length; from += ISSUES_AT_ONCE)
    await db
      .updateTable('issue')
      .set({ changed_in: change, appeared_in: sql`case when appeared_in = 0 then ${change} else appeared_in end` })
      .where('id', 'in', issueIds.slice(from, from + ISSUES_AT_ONCE))
      .execute()
}

const since =
  (db: MainDatabase): IssueChanges['since'] =>
  async (projectIds, after, limit) => {
    if (projectIds.length === 0) return []
    const rows = await db
      .selectFrom('issue')
      .select(['id', 'changed_in', 'appeared_in'])
      .where(({ eb, refTuple, tuple }) => eb(refTuple('changed_in', 'id'), '>', tuple(after.change, after.issueId)))
      .where('project_id', 'in', projectIds)
      .where('merged_into', 'is', null)
      .orderBy('changed_in')
      .orderBy('id')
      .limit(limit)
      .execute()
    return rows.map((row) => ({
      issueId: row.id,
      change: Number(row.changed_in),
      isNew: Number(row.appeared_in) > after.change,
    }))
  }

export const sqlIssueChanges = (db: MainDatabase): IssueChanges => ({
  newest: async () => newestChange(db),
  since: since(db),
})

const TEXT_CHARS = 1000

/** What an issue shows of its newest event, and the text by which it is found. */
export const headlineColumns = ({ title, culprit, metadata }: Headline) => ({
  title,
  culprit,
  metadata: JSON.stringify(metadata),
  search_text: [title, culprit, ...(metadata.value && !title.includes(metadata.value) ? [metadata.value] : [])]
    .join('\n')
    .slice(0, TEXT_CHARS)
    .toLowerCase(),
})
