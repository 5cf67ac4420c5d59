// What stores ask of texts, as functions of SQLite; where another database has none of that name, its compiler says it
// in its own words.
import { expressionBuilder, sql, type Expression, type RawBuilder } from 'kysely'
import type { Tables } from './tables.ts'

const call = <Result>(name: string, parameters: readonly Expression<unknown>[]): RawBuilder<Result> =>
  sql<Result>`${expressionBuilder<Tables>().fn(name, [...parameters])}`

/** Whether a text is found within another. */
export const holdsText = (target: Expression<unknown>, text: Expression<unknown>): RawBuilder<boolean> =>
  sql<boolean>`${call<number>('instr', [target, text])} > 0`

/** Looks at no case of ASCII letters; `\` takes the meaning of `%` and `_` away. */
export const isLike = (target: Expression<unknown>, pattern: string): RawBuilder<boolean> =>
  call('like', [sql`${pattern}`, target, sql.lit('\\')])

/** Whether a text is as a pattern, in which only `*` has a meaning; looks at cases. */
export const isGlob = (target: Expression<unknown>, pattern: string): RawBuilder<boolean> =>
  call('glob', [sql`${pattern.replaceAll(/[?[]/g, '[$&]')}`, target])

/** A text within a column of JSON. */
export const jsonText = (target: Expression<unknown>, path: readonly string[]): RawBuilder<string> =>
  call('json_extract', [target, sql.lit(`$.${path.join('.')}`)])

/** Where a row lies, in tables that have no number of their own: good within one statement. */
export const ROW: RawBuilder<unknown> = sql.ref('rowid')
