import type { SourceLinkStore } from '../../ports/source-links.ts'
import type { MainDatabase } from './main-database.ts'

export const sqlSourceLinks = (db: MainDatabase): SourceLinkStore => ({
  get: async (projectId) =>
    (await db
      .selectFrom('source_link')
      .select(['repository', 'editor'])
      .where('project_id', '=', projectId)
      .executeTakeFirst()) ?? { repository: '', editor: '' },
  put: async (projectId, links) => {
    await db
      .insertInto('source_link')
      .values({ project_id: projectId, ...links })
      .onConflict((conflict) => conflict.column('project_id').doUpdateSet(links))
      .execute()
  },
})
