import { createHash } from 'node:crypto'
import type { InboxItem, InboxReader } from '../../ports/inbox.ts'
import { noteAttempt } from './attempts.ts'
import type { Nats, NatsSettings } from './connect.ts'
import { createDeliveries, type Delivery } from './deliveries.ts'
import { originOf, packOrigin } from './message.ts'
import { publish } from './publish.ts'
import { deadSubject, inboxStream, openWorker } from './streams.ts'

export interface ReaderOptions {
  /** How long the server waits for a word about an item before it hands it out again. */
  ackWaitMs?: number
}

const ACK_WAIT_MS = 10_000
/** The server looks for what is overdue in steps. */
const ACK_WAIT_SLACK_MS = 500

/** What is known of items by number goes by this: a stream that is made anew must not use the numbers of the one before. */
const firstNumberOf = async ({ manager, settings }: Nats): Promise<number> => {
  const { created } = await manager.streams.info(inboxStream(settings))
  const secondsSince2026 = Math.floor((Date.parse(created) - Date.UTC(2026, 0, 1)) / 1000)
  return secondsSince2026 * 2 ** 20
}

const bury = async (nats: Nats, delivery: Delivery, letter: { body: Uint8Array; reason: string; id: string }) => {
  const origin = originOf(delivery.message.headers)
  await publish(nats, {
    subject: deadSubject(nats.settings, origin.projectId),
    body: letter.body,
    headers: packOrigin(nats, origin, letter.reason),
    id: letter.id,
  })
}

/** The worker's side of the stream; any number of workers share it. */
export const natsInboxReader = async (
  settings: NatsSettings,
  { ackWaitMs = ACK_WAIT_MS }: ReaderOptions = {},
): Promise<InboxReader> => {
  const nats = await openWorker(settings, ackWaitMs)
  const deliveries = createDeliveries(nats, { firstNumber: await firstNumberOf(nats), ackWaitMs })
  const toItem = async ({ id, deliveries: times, message }: Delivery): Promise<InboxItem> => {
    const attempts = times === 1 ? 1 : await noteAttempt(nats, id)
    return { id, attempts, ...originOf(message.headers), body: message.data }
  }
  let claimedAt = 0

  return {
    comesAgainAfterMs: ackWaitMs + ACK_WAIT_SLACK_MS,
    claim: async (limit, now) => {
      claimedAt = now
      await deliveries.release()
      const taken = await deliveries.take(limit)
      return Promise.all(taken.map(toItem))
    },
    remove: async (ids) => void (await Promise.all(ids.map((id) => deliveries.acknowledge(id)))),
    postpone: (id, until) => deliveries.comeAgain(id, Math.max(0, until - claimedAt)),
    bury: async (id, reason) => {
      const delivery = deliveries.find(id)
      await bury(nats, delivery, { body: delivery.message.data, reason, id: `${id}` })
      await deliveries.acknowledge(id)
    },
    buryPart: async (id, body, reason) => {
      const delivery = deliveries.find(id)
      await bury(nats, delivery, { body, reason, id: `${id} ${createHash('sha256').update(body).digest('hex')}` })
    },
    close: async () => {
      await deliveries.close()
      await nats.connection.close()
    },
  }
}
