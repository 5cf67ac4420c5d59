import { keepEarly } from '../buffer/early.ts'
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
// A page that starts has more urgent things to do than to open a session and to look for what earlier pages left.
const LOAD_AFTER_MS = 300

/**
 * Hands items to the delivery (buffer, retries, rate limits, sessions), whose code is a chunk of its own that is fetched
 * soon after the start, or at once when there is an item. Until it is there, items are put where writing is immediate, for the next page to find, and go
 * by beacon when the page goes: an event that arrives twice counts once.
 */
export const createCourier = (deps: DeliveryDeps): Courier => {
  const { endpoint, ledger } = deps
  const early: Item[] = []
  let delivery: Delivery | undefined
  let loading: Promise<void> | undefined
  const shed = (): void => {
    for (const { id, type, payload } of early)
      if (id) navigator.sendBeacon(endpoint.url, envelopeOf(endpoint, id, itemLines(type, payload)))
    delivery?.shed()
  }
  const load = (): Promise<void> =>
    (loading ??= import('./delivery.ts').then(
      ({ createDelivery }) => {
        delivery = createDelivery(deps, early.splice(0))
      },
      // Offline, perhaps, or gone since a deployment: the next item tries again.
      () => {
        loading = undefined
        shed()
      },
    ))
  setTimeout(load, LOAD_AFTER_MS)
  return {
    send: (item) => {
      if (delivery) delivery.send(item)
      else if (early[MAX_EARLY - 1]) ledger.count('flood')
      else {
        early.push(item)
        keepEarly(endpoint.name, item)
        void load()
      }
    },
    shed,
    drain: () => load().then(() => delivery?.drain()),
    stats: () => delivery?.stats() ?? { sent: 0, waiting: early.length },
    stop: () => delivery?.stop(),
  }
}
