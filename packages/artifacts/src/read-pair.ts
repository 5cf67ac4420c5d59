import { readFile } from 'node:fs/promises'
import { readDataUrl } from './data-url.ts'
import type { FoundScript } from './find.ts'
import type { ScriptAndMap } from './stamp.ts'
import { readTrailingComments } from './trailing-comments.ts'

export type PairResult =
  | ({ ok: true } & ScriptAndMap)
  /** The reason continues a sentence that begins with `name`, the file that is at fault. */
  | { ok: false; kind: 'no-map' | 'unreadable'; name: string; reason: string }

const decode = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const unreadable = (name: string, reason: string): PairResult => ({ ok: false, kind: 'unreadable', name, reason })

/** Reads a script and its map, wherever that is. */
export const readPair = async (script: FoundScript): Promise<PairResult> => {
  if (script.map.from === 'nowhere') return { ok: false, kind: 'no-map', name: script.name, reason: script.map.reason }
  const code = decode(await readFile(script.path))
  if (code === undefined) return unreadable(script.name, 'is not UTF-8; have the bundler write UTF-8')
  if (script.map.from === 'inline') {
    const map = readDataUrl(readTrailingComments(code).sourceMappingUrl?.value ?? '')
    return map === undefined
      ? unreadable(script.name, 'has a damaged inline source map; build again')
      : { ok: true, code, map }
  }
  const map = decode(await readFile(script.map.file.path))
  return map === undefined ? unreadable(script.map.file.name, 'is not UTF-8; build again') : { ok: true, code, map }
}
