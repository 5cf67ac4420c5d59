import type { ProjectKeyJson } from '@foghorn/server'
import { postRaw } from '../api/client.ts'

export interface Item {
  type: 'event' | 'transaction' | 'sessions'
  payload: object
}

/** The number that a DSN ends with. */
const projectIdOf = (dsn: string): string => new URL(dsn).pathname.slice(1)

/** Sends as a client of the project does, and is refused as one: a key that is switched off, a site that is not allowed. */
export const sendEnvelope = (key: ProjectKeyJson, items: readonly Item[]): Promise<void> => {
  const lines = items.flatMap(({ type, payload }) => [JSON.stringify({ type }), JSON.stringify(payload)])
  const head = JSON.stringify({ sent_at: new Date().toISOString() })
  const address = `/api/${projectIdOf(key.dsn.public)}/envelope/?sentry_key=${key.public}`
  return postRaw(address, [head, ...lines].join('\n'))
}

export const newEventId = (): string =>
  // randomUUID exists in secure contexts only, and many run the service on plain http inside their network.
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
