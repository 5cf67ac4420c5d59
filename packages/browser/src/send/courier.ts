import type { Delivery, DeliveryDeps } from './delivery.ts'
import { envelopeOf, itemLines, type Item } from './envelope.ts'

export interface Courier {
  send(item: Item): void
  /** Sends at once whatever has not arrived: the page may be gone the next moment. */
  shed(): void
  /** Sends what waits, also what earlier pages left. */
  drain(): Promise<void>
  waiting(): number
  stop(): void
}

// The delivery looks after floods; until it is there nothing needs more.
const MAX_EARLY = 30

/**
 * Hands items to the delivery (buffer, retries, rate limits, sessions), whose code is a chunk of its own that is fetched
 * right after the start. Beacons stand in while it is under way, and where it cannot be had: an event that arrives
 * twice counts once.
 */
export const createCourier = (deps: DeliveryDeps): Courier => {
  const { endpoint, ledger } = deps
  const early: Item[] = []
  let delivery: Delivery | undefined
  let loading: Promise<void> | undefined
  const shed = (): void => {
    for (const item of early) navigator.sendBeacon(endpoint.url, envelopeOf(endpoint, item.id, itemLines(item)))
    delivery?.shed()
  }
  const load = (): Promise<void> =>
    (loading ??= import('./delivery.ts').then(
      ({ createDelivery }) => {
        delivery = createDelivery(deps)
        early.splice(0).forEach(delivery.send)
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
      else if (early.length >= MAX_EARLY) ledger.count('flood')
      else if (early.push(item)) void load()
    },
    shed,
    drain: async () => {
      await load()
      await delivery?.drain()
    },
    waiting: () => early.length + (delivery?.waiting() ?? 0),
    stop: () => delivery?.stop(),
  }
}
