import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** A number as source maps write it: base 64, sign in the lowest bit. */
const vlq = (number) => {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1
  let text = ''
  do {
    const digit = rest & 31
    rest >>>= 5
    text += DIGITS[rest > 0 ? digit | 32 : digit]
  } while (rest > 0)
  return text
}

/** Writes a script on one line and its map: as many functions as wanted, each throwing at a column of its own. */
export const writeProgram = (folder, functions) => {
  const columns = []
  const segments = []
  let script = ''
  let lastColumn = 0
  for (let index = 0; index < functions; index += 1) {
    script += 'function n(){'
    segments.push(vlq(script.length - lastColumn) + vlq(0) + vlq(index === 0 ? 1 : 3) + vlq(index === 0 ? 2 : 0))
    lastColumn = script.length
    columns.push(script.length + 1)
    script += 'throw Error("it broke")}'
  }
  const source = Array.from(
    { length: functions },
    (_, index) => `function fault${index}() {\n  throw Error('it broke')\n}\n`,
  )
  const map = { version: 3, sources: ['../src/faults.js'], sourcesContent: [source.join('')], names: [] }
  writeFileSync(join(folder, 'app.js'), `${script}\n//# sourceMappingURL=app.js.map\n`)
  writeFileSync(join(folder, 'app.js.map'), JSON.stringify({ ...map, mappings: segments.join(',') }))
  return { url: 'https://shop.test/static/app.js', columns }
}
