import { expect } from '@playwright/test'
import type { Installation } from './installation.ts'

const SENDERS = 16
// Acknowledged events after which the service is killed: others in each round, the same in each run.
const MOMENTS = Array.from({ length: process.env['FOGHORN_LONG'] ? 100 : 3 }, (_, round) => 5 + ((round * 37) % 60))
export const BURST_TEXT = 'Ship in the fog'

/** A process that was halted answers nobody. */
const ANSWER_WITHIN_MS = 30_000

export const newEventId = () => crypto.randomUUID().replaceAll('-', '')

const envelope = (eventId: string) =>
  [
    { event_id: eventId, sent_at: new Date().toISOString() },
    { type: 'event' },
    { event_id: eventId, message: BURST_TEXT, level: 'error', platform: 'javascript' },
  ]
    .map((part) => JSON.stringify(part))
    .join('\n')

const envelopeUrl = (dsn: string) => {
  const { origin, username, pathname } = new URL(dsn)
  return `${origin}/api${pathname}/envelope/?sentry_version=7&sentry_key=${username}`
}

/** Sends one event; gives the answer's status. */
export const send = async (dsn: string, eventId = newEventId()): Promise<number | undefined> =>
  (
    await fetch(envelopeUrl(dsn), {
      method: 'POST',
      body: envelope(eventId),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).catch(() => undefined)
  )?.status

export const BURST_TIMEOUT_MS = 600_000 + MOMENTS.length * 10_000

/** Kills the service while many send, again and again, and expects that it has every event it took, once. */
export const killInBursts = async ({ client, reader, service }: Installation): Promise<void> => {
  const accepted: string[] = []
  for (const moment of MOMENTS) {
    const before = accepted.length
    const sendUntilKilled = async () => {
      for (let id = newEventId(); (await send(client.dsn, id)) === 200; id = newEventId()) {
        accepted.push(id)
        if (accepted.length === before + moment) await service.kill()
      }
    }
    await Promise.all(Array.from({ length: SENDERS }, sendUntilKilled))
    expect(accepted.length).toBeGreaterThanOrEqual(before + moment)
    await service.start()
  }

  for (const id of accepted) expect((await reader.event(id)).eventID).toBe(id)
  const issue = await reader.issue(BURST_TEXT)
  // What got no answer any more may have been stored too, but counted as often as it is there.
  const countedTooOften = async () => {
    const { count } = await reader.issue(BURST_TEXT)
    return Number(count) - (await reader.eventsOf(issue)).length
  }
  await expect.poll(countedTooOften).toBe(0)
}
