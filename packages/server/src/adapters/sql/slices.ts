// SQLite takes 32,766 parameters in one statement.
const ROWS_PER_STATEMENT = 500

/** Rows in parts that one statement takes each. */
export const slices = <Row>(rows: readonly Row[]): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / ROWS_PER_STATEMENT) }, (_, index) =>
    rows.slice(index * ROWS_PER_STATEMENT, (index + 1) * ROWS_PER_STATEMENT),
  )
