import { readDataUrl, writeJsonDataUrl } from './data-url.ts'
import { createDebugId, debugIdSnippet, idsInHead, readDebugId, registersId } from './debug-id.ts'
import { readMapJson } from './map-json.ts'
import { insertionOffset } from './prologue.ts'
import { type Insertion, shiftMap, type SourceMapJson } from './shift-mappings.ts'
import { readTrailingComments } from './trailing-comments.ts'

export interface ScriptAndMap {
  code: string
  /** Source map JSON. */
  map: string
}

export type StampResult = { ok: true; debugId: string; code: string; map: string } | { ok: false; reason: string }

/** The debug ID that a built script already carries. What it registers at run time wins over what its comment says: events carry the former. */
export const findDebugId = (code: string): string | undefined => {
  const inComment = readDebugId(readTrailingComments(code).debugId?.value)
  if (inComment && registersId(code, inComment)) return inComment
  const inHead = idsInHead(code)
  return inHead.length === 1 ? inHead[0] : inComment
}

const withComment = (code: string, debugId: string): string => {
  const present = readTrailingComments(code).debugId
  const comment = `//# debugId=${debugId}`
  if (present) return code.slice(0, present.start) + comment + code.slice(present.end)
  return `${code}${code.endsWith('\n') ? '' : '\n'}${comment}\n`
}

const insertionAt = (code: string, offset: number, length: number): Insertion => {
  const before = code.slice(0, offset).replace('\uFEFF', '')
  // A map counts the lines that a browser counts; CR alone ends one too (ECMAScript LineTerminatorSequence).
  const lines = before.split(/\r\n|[\n\r\u2028\u2029]/)
  return { line: lines.length - 1, column: lines.at(-1)!.length, length }
}

const withSnippet = (code: string, map: SourceMapJson, debugId: string): { code: string; map: SourceMapJson } => {
  const offset = insertionOffset(code)
  const snippet = debugIdSnippet(debugId)
  return {
    code: code.slice(0, offset) + snippet + code.slice(offset),
    map: shiftMap(map, insertionAt(code, offset, snippet.length)),
  }
}

// `debugId` is the proposal's member, `debug_id` that of older Sentry tools; both are read in the wild.
const withIds = (map: SourceMapJson, debugId: string): SourceMapJson => ({ ...map, debugId, debug_id: debugId })

/**
 * Gives a script and its map one debug ID: in code that registers it, in the script's last comment and in the map, whose
 * mappings stay exact. A script that has all of it comes back unchanged.
 */
export const stamp = ({ code, map: mapText }: ScriptAndMap): StampResult => {
  const read = readMapJson(mapText)
  if (!read.ok) return read
  const debugId = findDebugId(code) ?? createDebugId(code, mapText)
  const isRegistered = registersId(code, debugId)
  const isMapStamped = read.map['debugId'] === debugId && read.map['debug_id'] === debugId
  try {
    const stamped = isRegistered ? { code, map: read.map } : withSnippet(code, read.map, debugId)
    const map = isRegistered && isMapStamped ? mapText : JSON.stringify(withIds(stamped.map, debugId))
    return { ok: true, debugId, code: withComment(stamped.code, debugId), map }
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, reason: `has broken mappings: ${error.message}` }
    throw error
  }
}

/** The script with another map in its `sourceMappingURL` comment. */
export const withInlineMap = (code: string, map: string): string => {
  const comment = readTrailingComments(code).sourceMappingUrl
  if (!comment) return code
  return `${code.slice(0, comment.start)}//# sourceMappingURL=${writeJsonDataUrl(map)}${code.slice(comment.end)}`
}

/** The same for a script that holds its map itself, in a `data:` URL. Undefined when it holds none. */
export const stampInline = (code: string): StampResult | undefined => {
  const map = readDataUrl(readTrailingComments(code).sourceMappingUrl?.value ?? '')
  if (map === undefined) return undefined
  const stamped = stamp({ code, map })
  return stamped.ok && stamped.map !== map ? { ...stamped, code: withInlineMap(stamped.code, stamped.map) } : stamped
}
