import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { list, type ReadEntry } from 'tar'
import * as v from 'valibot'
import { BackupError } from './backup-error.ts'
import { Manifest, MANIFEST } from './manifest.ts'

interface Seen {
  size: number
  sha256: string
}

const readManifest = (json: Buffer, file: string): Manifest => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Manifest), json.toString())
  if (parsed.success) return parsed.output
  throw new BackupError(`${file} is no backup of Foghorn, or of a version that this one does not know.`)
}

const whatDiffers = (manifest: Manifest, seen: ReadonlyMap<string, Seen>): string | undefined => {
  for (const { path, size, sha256 } of manifest.files) {
    const found = seen.get(path)
    if (!found) return `${path} is missing`
    if (found.size !== size || found.sha256 !== sha256) return `${path} is not what was saved`
  }
  return seen.size > manifest.files.length ? 'it holds files that its list does not name' : undefined
}

const damaged = (file: string, finding: string, cause?: unknown): BackupError =>
  new BackupError(`${file} is damaged or cut short: ${finding}. Nothing was restored. Use another backup.`, { cause })

/** The archive's reader stops at the last entry; the checksum of the whole stands behind it. */
const checkWhole = (file: string): Promise<void> =>
  pipeline(createReadStream(file), createGunzip(), new Writable({ write: (_bytes, _encoding, done) => done() }))

/** Reads a backup to its end and compares it with its own list. Throws BackupError with what is wrong. */
export const verify = async (file: string): Promise<Manifest> => {
  const seen = new Map<string, Seen>()
  const manifest: Buffer[] = []
  const look = (entry: ReadEntry): void => {
    const hash = createHash('sha256')
    entry.on('data', (bytes: Buffer) => {
      hash.update(bytes)
      if (entry.path === MANIFEST) manifest.push(bytes)
    })
    entry.on('end', () => {
      if (entry.path !== MANIFEST) seen.set(entry.path, { size: entry.size, sha256: hash.digest('hex') })
    })
  }
  try {
    await checkWhole(file)
    await list({ file, strict: true, onReadEntry: look })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new BackupError(`There is no file ${file}.`)
    throw damaged(file, (error as Error).message, error)
  }
  const expected = readManifest(Buffer.concat(manifest), file)
  const finding = whatDiffers(expected, seen)
  if (finding !== undefined) throw damaged(file, finding)
  return expected
}
