import type { DebugImage, EventPayload } from '@foghorn/protocol'
import { fileName, urlPath } from './url-path.ts'

/** A script of a build that an event's frames lie in: what a map that arrives later is compared with. */
export interface EventScript {
  /** Without query and fragment. */
  url: string
  fileName: string
  /** 32 hex digits; empty when the build has none. */
  debugId: string
  release: string
  dist: string
}

/** Where an event names its scripts. */
export type ScriptedPayload = Pick<EventPayload, 'exception' | 'release' | 'dist' | 'debug_meta'>

// A stack runs through few files. Those of a hostile event must not fill the store.
const SCRIPTS_PER_EVENT = 30

/** Images name scripts with the address that frames have; some clients keep the query there and not here. */
export const debugIdOf = (images: readonly DebugImage[], url: string): string | undefined => {
  const exact = images.find((image) => image.code_file === url)
  return (exact ?? images.find((image) => urlPath(image.code_file) === urlPath(url)))?.debug_id
}

/** Each once, from the newest call of the thrown error on. */
const urlsOf = ({ exception }: ScriptedPayload): string[] => {
  const urls = new Set<string>()
  for (const { stacktrace } of exception.toReversed())
    for (const { lineno, abs_path, filename } of stacktrace?.frames.toReversed() ?? []) {
      const url = abs_path ?? filename ?? ''
      if (lineno !== undefined && url !== '' && !url.startsWith('<')) urls.add(url)
    }
  return [...urls]
}

/** The scripts of an event, each once, those of the thrown error's stack first. */
export const eventScripts = (payload: ScriptedPayload): EventScript[] => {
  const { release = '', dist = '', debug_meta: meta } = payload
  const urls = new Map(urlsOf(payload).map((url) => [url.replace(/[?#].*$/s, ''), url]))
  return [...urls].slice(0, SCRIPTS_PER_EVENT).map(([url, address]) => ({
    url,
    fileName: fileName(urlPath(url)),
    debugId: debugIdOf(meta?.images ?? [], address) ?? '',
    release,
    dist,
  }))
}
