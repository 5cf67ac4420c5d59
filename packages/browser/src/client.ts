import type { Breadcrumb, ClientEvent } from '@foghorn/protocol'
import { createTrail } from './breadcrumbs/trail.ts'
import { tell } from './dev.ts'
import { createDebugIds } from './enrich/debug-ids.ts'
import { buildEvent } from './enrich/event.ts'
import type { DropReason } from './filter/drop-reason.ts'
import { askBeforeSend } from './filter/hook.ts'
import { createLedger, type Ledger } from './filter/ledger.ts'
import { rejectedBy } from './filter/rules.ts'
import { guard } from './guard.ts'
import type { Options, ScopeData } from './options.ts'
import { createCourier, type Courier } from './send/courier.ts'
import type { Endpoint } from './send/dsn.ts'
import type { Item } from './send/envelope.ts'
import { all, listen, type Emit, type Signal, type Source } from './source.ts'

export interface Client extends Emit, Omit<Courier, 'send'> {
  readonly options: Options
  readonly ledger: Ledger
  /** How many events were handed to the courier. */
  accepted: number
  /** ID of the last event that was taken. */
  lastId?: string
  /** Gives the event's ID, empty when it was dropped. */
  capture(signal: Signal, scope?: ScopeData): string
  /** The event that a signal makes, not sent anywhere. */
  build(signal: Signal, scope?: ScopeData): ClientEvent
  send(item: Item): void
  crumb(crumb: Breadcrumb): void
  /** Starts one more source. */
  add(source: Source): void
}

export interface ClientDeps {
  options: Options
  endpoint: Endpoint
  sources: Source[]
  scope: () => ScopeData
}

/** Tells whether an object was seen before: an error caught and reported by hand, then thrown on. */
const createMemory = (): ((value: unknown) => boolean) => {
  const seen = new WeakSet()
  return (value) => seen.has(value as object) || !seen.add(Object(value) as object)
}

/** The pipeline: capture -> enrich -> filter -> buffer and send. */
export const createClient = ({ options, endpoint, sources, scope }: ClientDeps): Client => {
  const ledger = createLedger()
  const courier = createCourier({ options, endpoint, transport: options.transport ?? fetch, ledger, scope })
  const trail = createTrail(options)
  const imagesOf = createDebugIds()
  const isKnown = createMemory()

  const drop = (reason: DropReason): string => {
    ledger.count(reason)
    tell(options, 'not sent', reason)
    return ''
  }
  const accept = (event?: ClientEvent | null): void => {
    if (!event) return ledger.count('before_send')
    client.accepted += 1
    const { event_id: id } = event
    tell(options, 'taken', id)
    courier.send({ type: 'event', id, payload: event })
  }

  const build: Client['build'] = (signal, data = scope()) =>
    buildEvent(signal, { options, scope: data, crumbs: trail.recent(), imagesOf })

  const capture: Client['capture'] = (signal, data) => {
    const { value } = signal
    const early = isKnown(value) ? 'duplicate' : Math.random() >= (options.sampleRate ?? 1) && 'sample_rate'
    if (early) return drop(early)
    const event = build(signal, data)
    const reason = rejectedBy(event, options)
    if (reason) return drop(reason)
    askBeforeSend(options, event, value, accept)
    return (client.lastId = event.event_id)
  }

  const stops = [courier.stop]
  const client: Client = {
    ...courier,
    options,
    ledger,
    accepted: 0,
    build,
    capture,
    crumb: trail.add,
    add: guard((source) => void stops.push(source(client))),
    stop: all(stops),
  }
  sources.forEach(client.add)
  // After the sources: what they still capture while the page goes must be among what is sent then.
  stops.push(
    listen(globalThis, 'visibilitychange', () => document.hidden && courier.shed()),
    listen(globalThis, 'pagehide', courier.shed),
    listen(globalThis, 'online', courier.drain),
  )
  return client
}
