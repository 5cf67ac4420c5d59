// Folders of built scripts, as bundlers leave them.
import { mkdtempSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { transformSync } from 'esbuild'
import { onTestFinished } from 'vitest'
import { rmSync } from 'node:fs'

export const SOURCE = `
export const total = (items: { amount: number }[]): number => {
  let sum = 0
  for (const item of items) sum += item.amount
  return sum
}
export class Cart {
  items: { amount: number }[] = []
  checkout(): number {
    if (this.items.length === 0) throw new Error('The cart is empty 🛒')
    return total(this.items)
  }
}
`

export interface Built {
  code: string
  map: string
}

/** Minifies a program with the map that the bundler writes. */
export const build = (source = SOURCE, options: { banner?: string; minify?: boolean } = {}): Built => {
  const { banner, minify = true } = options
  const built = transformSync(source, {
    loader: 'ts',
    format: 'cjs',
    minify,
    charset: 'utf8',
    sourcemap: 'external',
    sourcefile: 'src/cart.ts',
    ...(banner === undefined ? {} : { banner }),
  })
  return { code: `${built.code}//# sourceMappingURL=app.js.map\n`, map: built.map }
}

export interface Folder {
  path: string
  read(name: string): string
  write(name: string, content: string | Uint8Array): void
}

export const folderWith = (files: Record<string, string | Uint8Array> = {}): Folder => {
  const path = mkdtempSync(join(tmpdir(), 'foghorn-build-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  const write = (name: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), content)
  }
  for (const [name, content] of Object.entries(files)) write(name, content)
  return { path, write, read: (name) => readFileSync(join(path, name), 'utf8') }
}
