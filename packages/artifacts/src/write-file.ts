import { randomBytes } from 'node:crypto'
import { rename, stat, writeFile } from 'node:fs/promises'

/** Replaces files together: all are written beside their targets first, so that a full disk leaves the old ones whole. */
export const replaceFiles = async (files: { path: string; content: string | Uint8Array }[]): Promise<void> => {
  const suffix = `.${randomBytes(6).toString('hex')}.tmp`
  for (const { path, content } of files) await writeFile(path + suffix, content, { mode: (await stat(path)).mode })
  for (const { path } of files) await rename(path + suffix, path)
}
