import type { ExceptionValue } from '@foghorn/protocol'

/** First part of the keys of faults that are one issue whatever the stack. */
export const KNOWN = '<known>'

// A deployment took the old chunks away: webpack names the error, the rest is in the canonical message.
const isChunkLoad = (type: string | undefined, message: string): boolean =>
  type === 'ChunkLoadError' ||
  /^loading (?:css )?chunk .{1,200} failed/i.test(message) ||
  message === 'dynamic import failed'

// React 18 and 19 word it differently and put a diff behind it; minified builds give only the number (checked 2026-11).
const HYDRATION =
  /^(?:hydration failed|text content does not match server-rendered html|there was an error while hydrating|minified react error #(?:418|419|422|423|425)\b)/i

/** Parts of the key of a fault that its stack says nothing about; undefined for all others. */
export const knownFault = (
  { type, value = '' }: Pick<ExceptionValue, 'type' | 'value'>,
  message: string,
  route: string | undefined,
): string[] | undefined => {
  if (isChunkLoad(type, message)) return [KNOWN, 'chunk load failed']
  if (HYDRATION.test(value)) return [KNOWN, 'hydration failed', route ?? '']
  if (/^resizeobserver loop/i.test(message)) return [KNOWN, 'ResizeObserver loop']
  if (/^script error\.?$/i.test(message)) return [KNOWN, 'Script error']
  return undefined
}
