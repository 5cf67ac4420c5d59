import type { Engine } from '@foghorn/symbolicate'
import type { ScrubbedEvent } from '../event.ts'

/** The engine that printed an event's stacks, by its `User-Agent`; undefined where that does not tell. */
export const engineOf = ({ request }: Pick<ScrubbedEvent['payload'], 'request'>): Engine | undefined => {
  const headers = Object.entries(request?.headers ?? {})
  const agent = headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? ''
  // Every browser calls itself Mozilla, Chromium's call themselves Safari too, and all of iOS is WebKit (checked 2026-11).
  if (/\b(Chrome|Chromium|HeadlessChrome)\/\d/.test(agent)) return 'v8'
  if (/\bFirefox\/\d/.test(agent)) return 'gecko'
  return /\bAppleWebKit\/\d/.test(agent) ? 'jsc' : undefined
}
