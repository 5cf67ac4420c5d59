import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { MainDatabase } from './main-database.ts'

/** Finds issues by what their text holds; what differs between the databases. */
export interface TextIndex {
  create(db: Kysely<unknown>): Promise<void>
  /** Makes what issues no longer say unreadable in the index too; its time grows with the issues. */
  purge(db: MainDatabase): Promise<void>
  /** IDs of issues whose text holds this one, or undefined when the index cannot tell: it is too short. */
  holding(text: string): RawBuilder<{ issue_id: number }> | undefined
}

const TRIGRAM = 3

/** FTS5 over trigrams, so that any part of a word is found. Triggers keep it in step with `issue.search_text`. */
export const sqliteTextIndex: TextIndex = {
  create: async (db) => {
    await sql`create virtual table issue_text using fts5(
      search_text, content='issue', content_rowid='id', tokenize='trigram')`.execute(db)
    await sql`create trigger issue_text_added after insert on issue begin
      insert into issue_text (rowid, search_text) values (new.id, new.search_text); end`.execute(db)
    await sql`create trigger issue_text_removed after delete on issue begin
      insert into issue_text (issue_text, rowid, search_text) values ('delete', old.id, old.search_text); end`.execute(
      db,
    )
    await sql`create trigger issue_text_changed after update of search_text on issue
      when old.search_text is not new.search_text begin
      insert into issue_text (issue_text, rowid, search_text) values ('delete', old.id, old.search_text);
      insert into issue_text (rowid, search_text) values (new.id, new.search_text); end`.execute(db)
    await sql`insert into issue_text (issue_text) values ('rebuild')`.execute(db)
  },
  // The index notes what was deleted beside what was there, until its parts are merged. Its option `secure-delete` would not
  // wait, but damages the index in SQLite 3.45 (checked 2026-11).
  purge: async (db) => void (await sql`insert into issue_text (issue_text) values ('optimize')`.execute(db)),
  holding: (text) =>
    // Its language ends at a NUL.
    [...text].length < TRIGRAM || text.includes('\0')
      ? undefined
      : sql`select rowid as issue_id from issue_text where issue_text match ${`"${text.replaceAll('"', '""')}"`}`,
}
