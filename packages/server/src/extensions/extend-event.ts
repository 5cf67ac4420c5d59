import { readEvent } from '@foghorn/protocol'
import type { ScrubbedEvent } from '../event.ts'
import type { Scrub } from '../ingest/scrub.ts'
import { mapTexts, partOf, type EventPart } from './event-parts.ts'
import type { Extended } from './host-messages.ts'
import type { Host } from './host.ts'

/** Adds what enrichers know, and masks what maskers find; never fails. */
export type ExtendEvent = (event: ScrubbedEvent, scrub: Scrub) => Promise<ScrubbedEvent>

const TIMEOUT_MS = 3000

/** What no masker has looked at is not kept. */
export const UNMASKED = '[masker failed]'

const withPart = (event: ScrubbedEvent, part: EventPart): ScrubbedEvent => {
  // What was left out stays left out.
  const given = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined))
  return { ...event, payload: { ...event.payload, ...given } }
}

/** What is added is read like what came, so that it is bounded as that is. */
const withAdded = (event: ScrubbedEvent, { tags, contexts }: Extended['added']): ScrubbedEvent => {
  const added = readEvent({ tags, contexts })
  return {
    ...event,
    payload: {
      ...event.payload,
      tags: { ...event.payload.tags, ...added?.tags },
      contexts: { ...event.payload.contexts, ...added?.contexts },
    },
  }
}

const ask = async (host: Host, event: ScrubbedEvent): Promise<Extended> => {
  const { projectId, eventId, payload } = event
  const { level, environment, release } = payload
  const asked = { ...partOf(payload), projectId, eventId, level, environment, release }
  return (await host.call({ call: 'extend', event: asked }, TIMEOUT_MS)) as Extended
}

const throughOne = async (
  host: Host,
  event: ScrubbedEvent,
  { scrub, onFailure }: { scrub: Scrub; onFailure: (reason: string) => void },
): Promise<ScrubbedEvent> => {
  const { name, maskers } = host.description
  try {
    const { part, added, failures } = await ask(host, event)
    for (const failure of failures) onFailure(`${name}: enricher ${failure}`)
    const masked = maskers.length === 0 ? event : withPart(event, part)
    return scrub(withAdded(masked, added))
  } catch (error) {
    onFailure(`${name}: ${(error as Error).message}`)
    return maskers.length === 0
      ? event
      : withPart(
          event,
          mapTexts(partOf(event.payload), () => UNMASKED),
        )
  }
}

/** Sends events through the extensions that have enrichers or maskers, one after the other. */
export const extendingEvents = (hosts: readonly Host[], onFailure: (reason: string) => void): ExtendEvent => {
  const used = hosts.filter(({ description: { enrichers, maskers } }) => enrichers.length + maskers.length > 0)
  return async (event, scrub) => {
    let extended = event
    for (const host of used) extended = await throughOne(host, extended, { scrub, onFailure })
    return extended
  }
}
