import type { ClientEvent } from '@foghorn/protocol'
import { hexId } from './enrich/id.ts'
import type { Options, ScopeData } from './options.ts'

export interface Session {
  /** How the session stands; `exited` ends it. */
  update(ending?: 'exited'): object
  /** To be called when the service has taken the opening; until then each update opens the session again. */
  opened(): void
  /** The update that follows from this event; undefined when there is nothing new. */
  after(event: ClientEvent): object | undefined
}

/** What is to happen to the session; the delivery, which keeps it, hears of it as an item. */
export interface SessionOrder {
  order: 'start' | 'end' | 'send'
}

const isUnhandled = (event: ClientEvent): boolean =>
  event.exception?.values.some((value) => value.mechanism?.handled === false) ?? false

/** A session in Sentry's shape: the share without unhandled errors is the release's health. Milliseconds since 1970. */
export const createSession = (options: Options, scope: () => ScopeData, startedMs: number): Session => {
  const sid = hexId()
  let init = true
  let status = 'ok'
  let errors = 0
  const update = (ending?: 'exited'): object => {
    const { release, environment } = options
    const user = scope().user
    if (ending && status === 'ok') status = ending
    return {
      sid,
      // What is absent is false, and the time is that of the envelope.
      init: init || undefined,
      status,
      errors,
      did: user?.id ?? user?.username ?? user?.email,
      started: new Date(startedMs).toISOString(),
      attrs: { release, environment },
    }
  }
  return {
    update,
    opened: () => void (init = false),
    after: (event) => {
      if (!event.exception) return
      const before = `${status} ${Math.min(errors, 1)}`
      errors += 1
      if (isUnhandled(event)) status = 'crashed'
      return before === `${status} 1` ? undefined : update()
    },
  }
}
