import type { ClientEvent } from '@foghorn/protocol'
import { crashFile } from '../enrich/stack.ts'
import type { Options, Pattern } from '../options.ts'
import type { DropReason } from './drop-reason.ts'

// One pattern in the place of a list must not cost the page all its events.
const matches = (text: string, patterns: Pattern[]): boolean =>
  [patterns]
    .flat()
    .some((pattern) => (typeof pattern === 'string' ? text.includes(pattern) : text.search(pattern) >= 0))

// What nobody can act on, as the engines word it (2026-11): the address of the crash frame, a space, type and message.
// Only errors that nothing caught are judged so.
const NOISE: [DropReason, RegExp][] = [
  ['extension', /^[\w-]+-extension:/],
  ['script_error', /: Script error\.?$/],
  ['resize_observer', /: ResizeObserver loop/],
  ['aborted', / AbortError: /],
]

/** The name of the first rule that speaks against sending the event. */
export const rejectedBy = (event: ClientEvent, options: Options): DropReason | undefined => {
  const { ignoreErrors = [], denyUrls = [], allowUrls = [''] } = options
  const thrown = event.exception?.values.at(-1)
  const text = thrown ? `${thrown.type}: ${thrown.value}` : event.message!
  const address = crashFile(thrown?.stacktrace?.frames) ?? ''
  if (matches(text, ignoreErrors)) return 'ignored'
  if (address && matches(address, denyUrls)) return 'denied_url'
  if (address && !matches(address, allowUrls)) return 'not_allowed_url'
  if (thrown?.mechanism?.handled !== false) return
  return NOISE.find(([, pattern]) => pattern.test(`${address} ${text}`))?.[0]
}
