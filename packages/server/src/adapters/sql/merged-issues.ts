import type { MainDatabase } from './main-database.ts'

/** The issue, and all that have become part of it by merges and late maps. */
export const issuesWithin = async (db: MainDatabase, issueId: number): Promise<number[]> => {
  const rows = await db
    .withRecursive('within_issue', (query) =>
      query
        .selectFrom('issue')
        .select('issue.id')
        .where('issue.id', '=', issueId)
        .union(
          query
            .selectFrom('issue')
            .innerJoin('within_issue', 'within_issue.id', 'issue.merged_into')
            .select('issue.id'),
        ),
    )
    .selectFrom('within_issue')
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}
