import { randomUUID } from 'node:crypto'
import type { Nats } from './connect.ts'
import { publish } from './publish.ts'
import { attemptStream, attemptSubject } from './streams.ts'

/**
 * Notes that an item which was handed out before is begun again; gives which attempt that is. JetStream counts how often it
 * handed an item out, and that is more: a worker that dies takes along what it had fetched and not begun.
 */
export const noteAttempt = async (nats: Nats, item: number): Promise<number> => {
  const { manager, settings } = nats
  const subject = attemptSubject(settings, item)
  const last = await manager.streams.getMessage(attemptStream(settings), { last_by_subj: subject })
  const attempt = last ? Number(new TextDecoder().decode(last.data)) + 1 : 2
  const body = new TextEncoder().encode(String(attempt))
  await publish(nats, { subject, body, headers: nats.headers(), id: randomUUID() })
  return attempt
}
