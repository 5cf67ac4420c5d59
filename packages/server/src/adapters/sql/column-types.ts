import type { ColumnDataType, ColumnDefinitionBuilder, CreateTableBuilder, Expression } from 'kysely'

type DataType = ColumnDataType | Expression<unknown>

/** What differs between the databases when tables are made. */
export interface ColumnTypes {
  /** Adds `id`, an integer primary key that the database counts up and never hands out twice. */
  id<Table extends string>(table: CreateTableBuilder<Table>): CreateTableBuilder<Table, 'id'>
  blob: DataType
  bigint: DataType
}

export const sqliteTypes: ColumnTypes = {
  id: (table) =>
    table.addColumn('id', 'integer', (column: ColumnDefinitionBuilder) => column.primaryKey().autoIncrement()),
  blob: 'blob',
  bigint: 'integer',
}
