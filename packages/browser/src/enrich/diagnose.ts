import type { ClientEvent, StackFrame } from '@foghorn/protocol'
import { crashFile } from './stack.ts'

/** Whose code failed, as far as the page can tell. Nothing is dropped for it. */
export type Origin = 'first-party' | 'third-party' | 'extension' | 'injected-inline' | 'unknown'

// How engines and bundlers say that a lazily loaded script is not there, as a rule because a deployment has replaced it
// while the page was open (Chromium, Firefox, WebKit, webpack; 2026-11).
const CHUNK_LOAD =
  /dynamically imported module|Importing a module script failed|ChunkLoadError|Loading (CSS )?chunk \S+ failed/i

export const isChunkLoad = (text: string): boolean => CHUNK_LOAD.test(text)

// A failed `fetch` says nothing about which request it was.
const FAILED_FETCH = /^(Failed to fetch|Load failed|NetworkError when attempting to fetch resource\.?)/

const isPage = (file: string): boolean => file.split(/[?#]/)[0] === location.href.split(/[?#]/)[0]

const originOf = (file: string | undefined, frames: StackFrame[], event: ClientEvent): Origin => {
  // Chromium gives scripts that were put in as text no address.
  if (!file) return frames.some((frame) => frame.lineno) ? 'injected-inline' : 'unknown'
  if (/^[\w-]+-extension:/.test(file)) return 'extension'
  if (event.debug_meta?.images.some((image) => image.code_file === file)) return 'first-party'
  // Inline code of the page, or a tag manager's: both have the page's address.
  if (!/^https?:/.test(file) || isPage(file)) return 'unknown'
  return file.startsWith(`${location.origin}/`) ? 'first-party' : 'third-party'
}

/** The last request that got no answer, told by its breadcrumb. */
const failedRequest = (event: ClientEvent): object | undefined => {
  const crumb = event.breadcrumbs?.findLast(({ type, data }) => type === 'http' && data?.['status_code'] === 0)
  return crumb && { method: crumb.data?.['method'], url: crumb.data?.['url'], online: navigator.onLine }
}

/** What can be told about an error beyond its stack, beside the event's own fields, which stay untouched. */
export const diagnose = (event: ClientEvent): ClientEvent => {
  const thrown = event.exception?.values.at(-1)
  if (!thrown) return event
  const frames = thrown.stacktrace?.frames ?? []
  const text = `${thrown.type}: ${thrown.value}`
  const diagnosis = {
    origin: originOf(crashFile(frames), frames, event),
    ...(isChunkLoad(text) && { kind: 'chunk-load' }),
    ...(FAILED_FETCH.test(thrown.value ?? '') && { failed_request: failedRequest(event) }),
  }
  return { ...event, contexts: { ...event.contexts, diagnosis } }
}
