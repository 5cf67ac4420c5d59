import { sql } from 'kysely'
import type { TextIndex } from '../sql/text-index.ts'

const TRIGRAM = 3

/** Trigrams too, by an extension that most servers have and some do not let everybody make: without it issues are read one by one. */
export const postgresTextIndex: TextIndex = {
  create: async (db) => {
    // What fails in here is undone alone, and the migration goes on.
    await sql`do $$ begin
      create extension if not exists pg_trgm;
      create index issue_text on issue using gin (search_text gin_trgm_ops);
    exception when others then
      raise notice 'Foghorn searches texts without an index: %', sqlerrm;
    end $$`.execute(db)
  },
  // Deleted entries are no texts, and go with the next vacuum.
  purge: async () => undefined,
  holding: (text) =>
    [...text].length < TRIGRAM
      ? undefined
      : sql`select id as issue_id from issue where search_text like ${`%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}`,
}
