/** Prints for people, on standard error, so that standard output holds only what was asked for. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`)

/** Prints the result of a command. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`)

export const printJson = (value: unknown): void => print(JSON.stringify(value))

const UNITS = ['B', 'KB', 'MB', 'GB']

/** `1.4 MB` */
export const formatBytes = (bytes: number): string => {
  let amount = bytes
  let unit = 0
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1000
    unit += 1
  }
  return `${unit === 0 ? amount : amount.toFixed(1)} ${UNITS[unit]}`
}

/** `1 script`, `3 scripts` */
export const count = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? '' : 's'}`

/** Columns padded to the widest cell of each. */
export const formatTable = (rows: string[][]): string => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]!.length))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
