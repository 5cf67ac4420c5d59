// A small program in several modules, built as a minified script that fails when it runs.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { onTestFinished } from 'vitest'

const MODULES = {
  'cart.ts': `import { priceOf } from './price.ts'
export class Cart {
  items: unknown[] = [null]
  checkout(): number {
    return priceOf(this.items[0])
  }
}`,
  'price.ts': `export const priceOf = (item: any): number => {
  return item.amount * 100
}`,
  'main.ts': `import { Cart } from './cart.ts'
export const start = () => new Cart().checkout()
try {
  start()
} catch (error) {
  console.log((error as Error).stack)
}`,
}

/** File, function and line of the program's frames, innermost first. */
export const ORIGINAL_FRAMES = [
  ['price.ts', 'priceOf', 2],
  ['cart.ts', 'Cart.checkout', 5],
  ['main.ts', 'start', 2],
]

export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'foghorn-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The folder of the minified program. Builds of different variants have different maps. */
export const buildProgram = (variant = '', { sourcesContent = true } = {}): string => {
  const folder = temporaryFolder()
  const dist = join(folder, 'dist')
  mkdirSync(join(folder, 'src'))
  for (const [name, text] of Object.entries(MODULES))
    writeFileSync(join(folder, 'src', name), `${text}\n// ${variant}\n`)
  buildSync({
    entryPoints: [join(folder, 'src/main.ts')],
    bundle: true,
    minify: true,
    sourcemap: true,
    sourcesContent,
    format: 'iife',
    outfile: join(dist, 'app.js'),
    logLevel: 'error',
  })
  return dist
}

export interface MinifiedFrame {
  function?: string
  lineno: number
  colno: number
}

const FRAME = /at (?:(\S+) \()?.*app\.js:(\d+):(\d+)/

/** Runs the minified program and reads the stack that it prints, innermost frame first. */
export const runProgram = (dist: string): MinifiedFrame[] => {
  const stack = execFileSync(process.execPath, [join(dist, 'app.js')], { encoding: 'utf8' })
  return stack
    .split('\n')
    .map((line) => FRAME.exec(line))
    .filter((match) => match !== null)
    .map((match) => ({
      ...(match[1] ? { function: match[1] } : {}),
      lineno: Number(match[2]),
      colno: Number(match[3]),
    }))
}
