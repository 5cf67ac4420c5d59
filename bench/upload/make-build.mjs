// A large build: scripts whose names, texts and shapes differ, with the maps that esbuild makes of them.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transform } from 'esbuild'

const WORDS = 'cart price item user order total ship load view list page form field value state event send read'.split(
  ' ',
)

/** Random numbers that are the same in every run. */
const randomFrom = (seed) => {
  let state = seed
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
}

const writeModule = (number, bytes) => {
  const random = randomFrom(number + 1)
  const word = () => `${WORDS[Math.floor(random() * WORDS.length)]}${Math.floor(random() * 4096).toString(36)}`
  const lines = []
  for (let size = 0; size < bytes;) {
    const [name, first, second] = [word(), word(), `other_${word()}`]
    const added = [
      `/** Gives the ${first} of a ${second}, or ${word()} where there is none. */`,
      `export const ${name}_${lines.length} = (${first}, ${second}) => {`,
      `  if (${first}.${word()} > ${Math.floor(random() * 1e6)}) return ${second}.${word()}(${first}, '${word()} ${word()}')`,
      `  const ${word()}_ = ${first}.map((each) => each.${word()} * ${second}.${word()})`,
      `  throw new TypeError(\`no ${word()} in \${${first}.${word()}}\`)`,
      '}',
    ]
    lines.push(...added)
    size += added.reduce((sum, line) => sum + line.length + 1, 0)
  }
  return lines.join('\n')
}

/** Writes `scripts` scripts with maps of some `mapBytes` each. Gives the bytes of all maps. */
export const makeBuild = async (folder, { scripts, mapBytes }) => {
  mkdirSync(folder, { recursive: true })
  let total = 0
  for (let number = 0; number < scripts; number++) {
    // A map holds its source's text, and mappings of about two thirds of that.
    const source = writeModule(number, mapBytes * 0.6)
    const { code, map } = await transform(source, {
      minify: true,
      format: 'esm',
      sourcemap: true,
      sourcefile: `../src/module-${number}.js`,
    })
    const name = `chunk-${number}.js`
    writeFileSync(join(folder, name), `${code}//# sourceMappingURL=${name}.map\n`)
    writeFileSync(join(folder, `${name}.map`), map)
    total += Buffer.byteLength(map)
  }
  return total
}
