import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import * as v from 'valibot'
import { countRows, migrationsOf } from '../adapters/sqlite/inspect-sqlite.ts'
import { INBOX, MAIN } from '../data-folder.ts'

export const MANIFEST = 'manifest.json'

const Counts = v.record(v.string(), v.number())

/** The first file of a backup: what has to be in it. */
export const Manifest = v.object({
  format: v.literal(1),
  /** ISO 8601. */
  madeAt: v.string(),
  /** Migrations that the main store has been through. */
  schema: v.array(v.string()),
  /** Rows of each table, by database. */
  rows: v.record(v.string(), Counts),
  files: v.array(v.object({ path: v.string(), size: v.number(), sha256: v.string() })),
})
export type Manifest = v.InferOutput<typeof Manifest>

const sha256Of = async (file: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

const filesBelow = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** Describes a folder as it would be backed up. */
export const describeFolder = async (folder: string, madeAt: Date): Promise<Manifest> => {
  const files: Manifest['files'] = []
  const rows = { [INBOX]: countRows(join(folder, INBOX)), [MAIN]: countRows(join(folder, MAIN)) }
  const schema = migrationsOf(join(folder, MAIN))
  for (const file of (await filesBelow(folder)).toSorted())
    files.push({
      path: relative(folder, file).split(sep).join('/'),
      size: (await stat(file)).size,
      sha256: await sha256Of(file),
    })
  return { format: 1, madeAt: madeAt.toISOString(), schema, rows, files }
}
