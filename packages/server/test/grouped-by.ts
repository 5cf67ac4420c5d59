import type { GroupingVersion } from '../src/grouping/group.ts'
import type { TestService } from './harness.ts'
import { openDatabase } from './main-store.ts'

/** Makes the project one from the time when a version was the newest. */
export const groupBy = async ({ data, project }: TestService, version: GroupingVersion): Promise<void> => {
  const db = await openDatabase(data)
  await db.updateTable('project').set({ grouping_version: version }).where('id', '=', project.id).execute()
  await db.destroy()
}
