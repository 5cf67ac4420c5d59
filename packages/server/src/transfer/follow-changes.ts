// What changes in a SQLite store while it is copied: triggers note the keys, and what they stand for is copied again.
import { sql } from 'kysely'
import { insertRows, rowsAtOnce, type Stores } from './copy-tables.ts'
import { comparable } from './compare.ts'
import { columnsOf, keyOf, readRows, type AnyStore, type Table } from './tables.ts'

const CHANGES = 'transfer_change'
const triggerOf = (table: Table, event: string): string => `transfer_${table.name}_${event}`

const EVENTS = { insert: ['new'], update: ['old', 'new'], delete: ['old'] } as const

/** Notes the key of a row as a JSON list. */
const noteKey = (table: Table, row: 'old' | 'new') =>
  sql`insert into ${sql.table(CHANGES)} (name, key) values (${sql.lit(table.name)},
    json_array(${sql.join(table.key.map((column) => sql.ref(`${row}.${column}`)))}));`

const watch = async (db: AnyStore, table: Table): Promise<void> => {
  for (const [event, rows] of Object.entries(EVENTS)) {
    const notes = sql.join(
      rows.map((row) => noteKey(table, row)),
      sql` `,
    )
    await sql`create trigger if not exists ${sql.ref(triggerOf(table, event))}
      after ${sql.raw(event)} on ${sql.table(table.name)} begin ${notes} end`.execute(db)
  }
}

/** From now on changes are noted; a service that is running goes on. */
export const watchChanges = (source: AnyStore, tables: readonly Table[]): Promise<void> =>
  source.transaction().execute(async (db) => {
    await sql`create table if not exists ${sql.table(CHANGES)}
      (id integer primary key autoincrement, name text not null, key text not null)`.execute(db)
    for (const table of tables) await watch(db, table)
  })

/** Leaves the store as it was before it was watched. */
export const stopWatching = (source: AnyStore, tables: readonly Table[]): Promise<void> =>
  source.transaction().execute(async (db) => {
    for (const table of tables)
      for (const event of Object.keys(EVENTS))
        await sql`drop trigger if exists ${sql.ref(triggerOf(table, event))}`.execute(db)
    await sql`drop table if exists ${sql.table(CHANGES)}`.execute(db)
  })

/** Changes that are looked at together. */
const CHANGES_AT_ONCE = 50_000

interface Change {
  id: number
  name: string
  key: string
}

const slices = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))

const remove = async (target: AnyStore, table: Table, keys: readonly unknown[][]): Promise<void> => {
  const tuples = keys.map((key) => sql`(${sql.join(key.map((part) => sql`${part}`))})`)
  await sql`delete from ${sql.table(table.name)}
    where (${columnsOf(table.key)}) in (${sql.join(tuples)})`.execute(target)
}

/** Equal for a key here and there. */
const keyText = (key: readonly unknown[]): string => JSON.stringify(key.map(comparable))

/** Writes the rows of the keys as they are now; gives the keys of those whose place is still taken by another. */
const rewrite = async ({ source, target }: Stores, table: Table, keys: readonly unknown[][]): Promise<string[]> => {
  const rows = await readRows(source, table, keys)
  const written = new Set((await insertRows(target, table, rows)).map(keyText))
  return rows
    .map((row) => keyOf(table, row))
    .filter((key) => !written.has(keyText(key)))
    .map((key) => JSON.stringify(key))
}

const applyTo = async (stores: Stores, table: Table, keys: readonly unknown[][]): Promise<string[]> => {
  const blocked: string[] = []
  await stores.target.transaction().execute(async (target) => {
    // All of them first: a row may take what another of them had.
    for (const slice of slices(keys, rowsAtOnce(table))) await remove(target, table, slice)
    for (const slice of slices(keys, rowsAtOnce(table)))
      blocked.push(...(await rewrite({ source: stores.source, target }, table, slice)))
  })
  return blocked
}

const keysByTable = (changes: readonly Change[]): Map<string, unknown[][]> => {
  const keys = new Map<string, Set<string>>()
  for (const { name, key } of changes) keys.set(name, (keys.get(name) ?? new Set()).add(key))
  return new Map([...keys].map(([name, texts]) => [name, [...texts].map((text) => JSON.parse(text) as unknown[])]))
}

const readChanges = async (source: AnyStore): Promise<Change[]> => {
  const { rows } = await sql<Change>`select id, name, key from ${sql.table(CHANGES)}
    order by id limit ${CHANGES_AT_ONCE}`.execute(source)
  return rows
}

/** Forgets changes that were applied, and notes again those that could not be. */
const settle = (source: AnyStore, upTo: number, blocked: readonly Pick<Change, 'name' | 'key'>[]): Promise<void> =>
  source.transaction().execute(async (db) => {
    await sql`delete from ${sql.table(CHANGES)} where id <= ${upTo}`.execute(db)
    for (const { name, key } of blocked)
      await sql`insert into ${sql.table(CHANGES)} (name, key) values (${name}, ${key})`.execute(db)
  })

/** Applies what was noted since; gives how many changes are done with. */
export const applyChanges = async (stores: Stores, tables: readonly Table[]): Promise<number> => {
  const changes = await readChanges(stores.source)
  if (changes.length === 0) return 0
  const keys = keysByTable(changes)
  const blocked: Pick<Change, 'name' | 'key'>[] = []
  for (const table of tables.filter(({ name }) => keys.has(name)))
    for (const key of await applyTo(stores, table, keys.get(table.name)!)) blocked.push({ name: table.name, key })
  await settle(stores.source, changes.at(-1)!.id, blocked)
  return changes.length - blocked.length
}
