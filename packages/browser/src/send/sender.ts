import type { Backlog } from '../buffer/backlog.ts'
import type { Entry } from '../buffer/entry.ts'
import { lighten } from './lighten.ts'
import type { Post } from './post.ts'
import type { RateLimits } from './rate-limits.ts'

const FIRST_RETRY_MS = 1000
export const LAST_RETRY_MS = 300_000

export interface SenderDeps {
  backlog: Backlog
  post: Post
  limits: RateLimits
  /** The service will never take this entry. */
  onRefused: (entry: Entry) => void
}

export interface Sender {
  /** Sends as far as limits and the service let it; gives the milliseconds after which to try the rest again. */
  sendAll(entries: Entry[]): Promise<number | undefined>
  /** Sends at once, without waiting for answers: the page may be gone the next moment. */
  shed(entries: Iterable<Entry>): void
  /** Waits for what is on its way. */
  landed(): Promise<unknown>
  /** Whether the last attempt has failed. */
  isFailing(): boolean
  sent: { sent: number; lastSentAt?: number }
}

const backoff = (failures: number): number =>
  Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures) * (0.5 + Math.random() / 2)

/** False when it may not have arrived. */
type Deliver = (entries: Entry[], when?: 'unloading') => Promise<boolean>

type Delivering = Pick<Sender, 'landed' | 'sent'> & { deliver: Deliver; isResting: (entry: Entry) => boolean }

const createDelivering = ({ backlog, post, onRefused }: SenderDeps): Delivering => {
  const sending = new Map<string, Promise<boolean>>()
  const sent: Sender['sent'] = { sent: 0 }
  /** Each alone: one that the service will never take must not cost the others. */
  const deliverSingly = async (entries: Entry[]): Promise<boolean> => {
    for (const entry of entries) if (!(await deliver([entry]))) return false
    return true
  }
  const send: Deliver = async (entries, when) => {
    const outcome = await post(entries, when)
    for (const { id } of entries) sending.delete(id)
    if (outcome === 'later') return false
    if (outcome === 'refused') {
      if (entries[1]) return deliverSingly(entries)
      onRefused(entries[0]!)
    } else {
      sent.sent += entries.length
      sent.lastSentAt = Date.now()
    }
    backlog.forget(entries)
    return true
  }
  const deliver: Deliver = (entries, when) => {
    const arriving = send(entries, when)
    for (const { id } of entries) sending.set(id, arriving)
    return arriving
  }
  return {
    deliver,
    sent,
    isResting: ({ id }) => !sending.has(id) && !backlog.isForgotten(id),
    landed: () => Promise.all(sending.values()),
  }
}

export const createSender = (deps: SenderDeps): Sender => {
  const { backlog, post, limits } = deps
  const { deliver, isResting, landed, sent } = createDelivering(deps)
  let failures = 0
  const pauseOf = ({ category }: Entry): number => limits.pause(category)
  const isAllowed = (entry: Entry): boolean => !pauseOf(entry)

  return {
    landed,
    sent,
    isFailing: () => failures > 0,
    sendAll: async (entries) => {
      for (let rest = entries.filter(isResting); rest[0]; rest = rest.filter(isResting)) {
        const group = post.fitting(rest.filter(isAllowed))
        if (!group[0]) return Math.min(...rest.map(pauseOf))
        if (!(await deliver(group))) return Math.max(backoff(++failures), pauseOf(group[0]))
        failures = 0
      }
      return
    },
    shed: (entries) => {
      // The other half is for what may still come before the page is gone.
      const resting = [...entries].filter(isResting).filter(isAllowed)
      for (let rest = lighten(resting, post.room() / 2); rest[0];) {
        const group = post.fitting(rest, 'unloading')
        void deliver(group, 'unloading').then(backlog.settle)
        rest = rest.slice(group.length)
      }
    },
  }
}
