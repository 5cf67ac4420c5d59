import { createEarly } from '../buffer/early.ts'
import type { Delivery, DeliveryDeps } from './delivery.ts'
import { envelopeOf, itemLines, type Item } from './envelope.ts'

export interface Courier {
  send(item: Item): void
  /** Sends at once whatever has not arrived: the page may be gone the next moment. */
  shed(): void
  /** Sends what waits, also what earlier pages left. */
  drain(): Promise<void>
  stats(): { sent: number; waiting: number; lastSentAt?: number }
  stop(): void
}

// The delivery looks after floods; until it is there nothing needs more.
const MAX_EARLY = 30

/**
 * Hands items to the delivery (buffer, retries, rate limits, sessions), whose code is a chunk of its own that is fetched
 * right after the start. Until it is there, items are put where writing is immediate, for the next page to find, and go
 * by beacon when the page goes: an event that arrives twice counts once.
 */
export const createCourier = (deps: DeliveryDeps): Courier => {
  const { endpoint, ledger } = deps
  const early = createEarly(endpoint.name)
  let delivery: Delivery | undefined
  let loading: Promise<void> | undefined
  const shed = (): void => {
    for (const { id, type, payload } of early.items)
      if (id) navigator.sendBeacon(endpoint.url, envelopeOf(endpoint, id, itemLines(type, payload)))
    delivery?.shed()
  }
  const load = (): Promise<void> =>
    (loading ??= import('./delivery.ts').then(
      ({ createDelivery }) => {
        const items = early.take()
        delivery = createDelivery(deps)
        items.forEach(delivery.send)
      },
      // Offline, perhaps, or gone since a deployment: the next item tries again.
      () => {
        loading = undefined
        shed()
      },
    ))
  setTimeout(load)
  return {
    send: (item) => {
      if (delivery) delivery.send(item)
      else if (early.items.length >= MAX_EARLY) ledger.count('flood')
      else {
        early.add(item)
        void load()
      }
    },
    shed,
    drain: async () => {
      await load()
      await delivery?.drain()
    },
    stats: () => delivery?.stats() ?? { sent: 0, waiting: early.items.length },
    stop: () => delivery?.stop(),
  }
}
