import type { Breadcrumb, ClientEvent } from '@foghorn/protocol'
import { guard } from './guard.ts'
import type { Item } from './send/envelope.ts'

/** What a capture source saw, before anything was made of it. */
export interface Signal {
  /** What was thrown or rejected with; anything at all. */
  value?: unknown
  /** What caught it, as the event's mechanism names it; absent when nothing was thrown. */
  by?: string
  /** The page caught it. False when absent. */
  handled?: boolean
  /** Where it happened, for values without a stack. Lines and columns count from 1. */
  place?: { filename: string; lineno: number; colno: number }
  /** Stack of the call that captured it, for values without one. */
  trace?: string | undefined
  /** Fields that the event gets as they are. */
  event?: Partial<ClientEvent>
}

export interface Emit {
  capture(signal: Signal): unknown
  crumb(crumb: Breadcrumb): void
  /** The event that a signal would make: page, release, scope. */
  build(signal: Signal): ClientEvent
  /** Sends any item of the protocol, buffered like an event. */
  send(item: Item): void
}

export type Stop = () => void

/** Starts listening; what it returns stops it and gives back whatever it still holds. */
export type Source = (emit: Emit) => Stop

/** Listens, guarded, to events of these types, given with spaces between; the result ends it. */
export const listen = <E extends Event>(
  target: EventTarget,
  types: string,
  listener: (event: E) => void,
  options?: AddEventListenerOptions,
): Stop => {
  const guarded = guard(listener) as EventListener
  const names = types.split(' ')
  names.forEach((name) => target.addEventListener(name, guarded, options))
  return () => names.forEach((name) => target.removeEventListener(name, guarded, options))
}

/** One stop for several. */
export const all =
  (stops: Stop[]): Stop =>
  () =>
    stops.forEach((stop) => stop())
