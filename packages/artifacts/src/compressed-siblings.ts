import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { replaceFiles } from './write-file.ts'

const ENCODERS = {
  '.gz': (content: string) => promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }),
  '.br': (content: string) => promisify(brotliCompress)(content),
}

/** Servers prefer `app.js.br` to `app.js`: writes those that are there anew. Gives the suffixes that were. */
export const refreshCompressed = async (path: string, content: string): Promise<string[]> => {
  const refreshed: string[] = []
  for (const [suffix, encode] of Object.entries(ENCODERS)) {
    if (!(await stat(path + suffix).catch(() => undefined))) continue
    await replaceFiles([{ path: path + suffix, content: await encode(content) }])
    refreshed.push(suffix)
  }
  return refreshed
}
