import { createHash } from 'node:crypto'

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/

/** A debug ID in the form that all tools write: a UUID in lower case, with dashes. Undefined when the text is none. */
export const readDebugId = (text: unknown): string | undefined => {
  if (typeof text !== 'string') return undefined
  const hex = text.toLowerCase().replaceAll('-', '')
  if (hex.length !== 32) return undefined
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  return UUID.test(id) ? id : undefined
}

/** The debug ID of a script and its map: the same content gives the same ID, on any machine (a UUID of version 8, RFC 9562 B.2). */
export const createDebugId = (code: string, map: string): string => {
  const bytes = createHash('sha256').update(code).update('\0').update(map).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return readDebugId(bytes.toString('hex'))!
}

/**
 * Registers a script's debug ID when it runs. The key is a stack whose top frame lies in this very script; SDKs read the
 * script's URL out of it. Sentry's SDKs look into `_sentryDebugIds` (and `_debugIds` since version 9); the identifier is
 * for tools that search built files.
 */
export const debugIdSnippet = (id: string): string =>
  `;!function(){try{var g=globalThis,s=(new Error).stack;s&&((g._sentryDebugIds=g._sentryDebugIds||{})[s]="${id}",` +
  `(g._debugIds=g._debugIds||{})[s]="${id}",g._sentryDebugIdIdentifier="sentry-dbid-${id}")}catch(e){}}();`

// Where tools put their snippet: at the script's top. Further down, an ID belongs to a library that was built with one.
const HEAD_CHARS = 8192
const IN_CODE = /(?:sentry-dbid-|_sentryDebugIds\[[^\]]{1,80}\]\s*=\s*["'`])([\da-f-]{36})/g

/** The debug IDs that a script registers at its top. */
export const idsInHead = (code: string): string[] => {
  const ids = [...code.slice(0, HEAD_CHARS).matchAll(IN_CODE)].map((match) => readDebugId(match[1]))
  return [...new Set(ids.filter((id) => id !== undefined))]
}

/** Whether a script registers this debug ID itself, rather than only naming it in a comment. */
export const registersId = (code: string, id: string): boolean => {
  for (const match of code.matchAll(IN_CODE)) if (match[1] === id) return true
  return false
}
