// How results are shown: a table for people, JSON for programs.

const shown = (value) => (typeof value === 'number' ? value.toLocaleString('en-US') : String(value ?? '–'))

/** Text in columns: the first to the left, the others to the right. */
export const layOut = (lines) => {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  const pad = (cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n')
}

/** Prints `rows`, each with a `name`, under the columns: heading to what a row shows there. */
export const printResult = ({ json }, { title, rows, columns, notes = [] }) => {
  if (json) return void process.stdout.write(`${JSON.stringify({ title, rows, notes }, null, 2)}\n`)
  const lines = rows.map((row) => [row.name, ...Object.values(columns).map((cell) => shown(cell(row)))])
  const table = layOut([['', ...Object.keys(columns)], ...lines])
  process.stdout.write([`\n${title}\n`, table, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n'))
}
