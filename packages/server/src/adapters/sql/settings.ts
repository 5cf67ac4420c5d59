import type { MainDatabase } from './main-database.ts'

/** What the service remembers of itself. */
export interface Settings {
  get(name: string): Promise<string | undefined>
  set(name: string, value: string): Promise<void>
}

export const sqlSettings = (db: MainDatabase): Settings => ({
  get: async (name) =>
    (await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst())?.value,
  set: async (name, value) => {
    await db
      .insertInto('setting')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute()
  },
})
