import { sql } from 'kysely'
import type { ColumnDataType, ColumnDefinitionBuilder, CreateTableBuilder, Expression } from 'kysely'

type DataType = ColumnDataType | Expression<unknown>

/** What differs between the databases when tables are made. */
export interface ColumnTypes {
  /** Adds `id`, an integer primary key that the database counts up and never hands out twice. */
  id<Table extends string>(table: CreateTableBuilder<Table>): CreateTableBuilder<Table, 'id'>
  blob: DataType
  bigint: DataType
  real: DataType
  /** Sorted by its bytes. */
  text: DataType
}

export const sqliteTypes: ColumnTypes = {
  id: (table) =>
    table.addColumn('id', 'integer', (column: ColumnDefinitionBuilder) => column.primaryKey().autoIncrement()),
  blob: 'blob',
  bigint: 'integer',
  real: 'double precision',
  text: 'text',
}

// Every integer has 64 bits, as in SQLite: counters, bytes and times outgrow 32.
export const postgresTypes: ColumnTypes = {
  id: (table) =>
    table.addColumn('id', 'bigint', (column: ColumnDefinitionBuilder) =>
      column.primaryKey().generatedByDefaultAsIdentity(),
    ),
  blob: 'bytea',
  bigint: 'bigint',
  real: 'double precision',
  // Sorts, compares and folds cases as SQLite does, whatever the locale of the database.
  text: sql`text collate "C"`,
}
