import type { Msg } from '@nats-io/transport-node'
import type { Nats } from './connect.ts'
import { inboxStream, WORKER } from './streams.ts'

export interface Delivery {
  id: number
  /** How often it was handed out, to whomever. */
  deliveries: number
  message: Msg
}

export interface DeliveriesOptions {
  /** What is added to numbers of the stream. */
  firstNumber: number
  ackWaitMs: number
}

export interface Deliveries {
  /** The oldest that are due; one that was handed out before comes alone. */
  take(limit: number): Promise<Delivery[]>
  /** One that was taken. */
  find(id: number): Delivery
  /** Ends it: the stream forgets it. */
  acknowledge(id: number): Promise<void>
  comeAgain(id: number, afterMs: number): Promise<void>
  /** Gives back what was taken and not ended. */
  release(): Promise<void>
  close(): Promise<void>
}

/** What one request for messages may bring into memory; more than the largest one has. */
const PULLED_BYTES = 32 * 1024 * 1024
const ANSWER_WITHIN_MS = 10_000
/** The server has no messages for now, or no more that fit. */
const ENOUGH = new Set([404, 408, 409])

const MILLISECOND_NS = 1_000_000

/** `$JS.ACK.<stream>.<consumer>.<times>.<stream number>.<consumer number>.<time>.<pending>`; newer servers put two parts more in. */
const readDelivery = (message: Msg): { deliveries: number; number: number; pending: number } => {
  const parts = message.reply!.split('.')
  const at = parts.length > 9 ? 6 : 4
  return { deliveries: Number(parts[at]), number: Number(parts[at + 1]), pending: Number(parts[at + 4]) }
}

/** Messages that the server was asked for. Those that come late are there for the next time. */
const createPull = ({ connection, settings }: Nats, onMessage: (message: Msg) => number) => {
  let settle: (failure?: Error) => void = () => undefined
  let awaited = 0
  const subject = `$JS.API.CONSUMER.MSG.NEXT.${inboxStream(settings)}.${WORKER}`
  const reply = `_INBOX.${crypto.randomUUID()}`
  connection.subscribe(reply, {
    callback: (error, message) => {
      if (error) return settle(error)
      const code = message.headers?.code ?? 0
      if (code !== 0 && !message.reply)
        return settle(
          ENOUGH.has(code) ? undefined : new Error(`NATS has no messages: ${message.headers?.description}.`),
        )
      awaited -= 1
      if (onMessage(message) === 0 || awaited === 0) settle()
    },
  })
  return (batch: number): Promise<void> =>
    new Promise((resolve, reject) => {
      awaited = batch
      const failure = new Error('NATS does not answer.')
      const timer = setTimeout(() => settle(failure), ANSWER_WITHIN_MS)
      settle = (error) => {
        clearTimeout(timer)
        if (error) reject(error)
        else resolve()
      }
      connection.publish(subject, JSON.stringify({ batch, no_wait: true, max_bytes: PULLED_BYTES }), { reply })
    })
}

/** Keeps account of which messages are here, and tells the server that they are looked after. */
export const createDeliveries = (nats: Nats, { firstNumber, ackWaitMs }: DeliveriesOptions): Deliveries => {
  const waiting = new Map<number, Delivery>()
  const taken = new Map<number, Delivery>()
  const pull = createPull(nats, (message) => {
    const { deliveries, number, pending } = readDelivery(message)
    const id = firstNumber + number
    // Handed out again while it is here: the newer one is that which can be answered.
    if (taken.has(id)) taken.get(id)!.message = message
    else waiting.set(id, { id, deliveries, message })
    return pending
  })
  const working = setInterval(() => {
    for (const { message } of [...waiting.values(), ...taken.values()]) message.respond('+WPI')
  }, ackWaitMs / 3).unref()

  const tell = async ({ message }: Delivery, word: string): Promise<void> =>
    void (await nats.connection.request(message.reply!, word, { timeout: ANSWER_WITHIN_MS }))
  /** What is not looked after any more comes again by itself, should the word be lost. */
  const end = async (id: number, word: string): Promise<void> => {
    const delivery = taken.get(id)
    taken.delete(id)
    if (delivery) await tell(delivery, word)
  }
  const comeAgain = (id: number, afterMs: number): Promise<void> =>
    end(id, afterMs === 0 ? '-NAK' : `-NAK ${JSON.stringify({ delay: Math.round(afterMs * MILLISECOND_NS) })}`)
  const release = async (): Promise<void> => {
    await Promise.all([...taken.keys()].map((id) => comeAgain(id, 0)))
  }
  const next = (limit: number): Delivery[] => {
    const inOrder = [...waiting.values()]
    const retried = inOrder.findIndex(({ deliveries }) => deliveries > 1)
    return inOrder.slice(0, retried < 0 ? limit : Math.min(limit, Math.max(retried, 1)))
  }
  return {
    acknowledge: (id) => end(id, '+ACK'),
    comeAgain,
    release,
    find: (id) => taken.get(id)!,
    take: async (limit) => {
      if (waiting.size === 0) await pull(limit)
      const deliveries = next(limit)
      for (const delivery of deliveries) {
        waiting.delete(delivery.id)
        taken.set(delivery.id, delivery)
      }
      return deliveries
    },
    close: async () => {
      clearInterval(working)
      const left = [...waiting.values(), ...taken.values()]
      // A server that does not answer hands them out again by itself.
      await Promise.allSettled(left.map((delivery) => tell(delivery, '-NAK')))
      waiting.clear()
      taken.clear()
    },
  }
}
