import type { ClientEvent } from '@foghorn/protocol'
import { hexId } from './enrich/id.ts'
import type { Options, ScopeData } from './options.ts'
import { itemLines } from './send/envelope.ts'

export interface Sessions {
  /** The item that opens the page's session. */
  opening: string
  /** To be called when the service has taken the opening; until then each update opens the session again. */
  opened(): void
  /** The item that tells what this event means for the session, empty when nothing new. */
  after(event: ClientEvent): string
}

const isUnhandled = (event: ClientEvent): boolean =>
  event.exception?.values.some((value) => value.mechanism?.handled === false) ?? false

/** One session for each page load, in Sentry's shape: the share without unhandled errors is the release's health. */
export const createSessions = (options: Options, scope: () => ScopeData): Sessions => {
  const sid = hexId()
  let init = true
  let status = 'ok'
  let errors = 0
  const update = (): string => {
    const { release, environment = 'production' } = options
    const user = scope().user
    const payload = {
      sid,
      init,
      status,
      errors,
      did: user?.id ?? user?.username ?? user?.email,
      started: new Date(performance.timeOrigin).toISOString(),
      timestamp: new Date().toISOString(),
      attrs: { release, environment },
    }
    return itemLines({ type: 'session', payload })
  }
  return {
    opening: update(),
    opened: () => void (init = false),
    after: (event) => {
      if (!event.exception) return ''
      const before = `${status} ${Math.min(errors, 1)}`
      errors += 1
      if (isUnhandled(event)) status = 'crashed'
      return before === `${status} 1` ? '' : update()
    },
  }
}
