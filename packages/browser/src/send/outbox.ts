import type { Backlog } from '../buffer/backlog.ts'
import type { Entry } from '../buffer/entry.ts'
import type { Post } from './post.ts'
import type { RateLimits } from './rate-limits.ts'
import { createTimer } from './timer.ts'

const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 300_000

export interface OutboxDeps {
  /** Names the lock that lets one tab send at a time. */
  name: string
  backlog: Backlog
  post: Post
  limits: RateLimits
  /** The service will never take this entry. */
  onRefused: (entry: Entry) => void
}

export interface Outbox {
  /** Writes the entry to the backlog, then sends it. */
  add(entry: Entry): void
  /** Sends what is waiting, also what earlier pages left. */
  drain(): Promise<void>
  /** Sends at once all that has not arrived: the page may be gone the next moment. */
  shed(): void
  waiting(): number
  stop(): void
}

const backoff = (failures: number): number =>
  Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures) * (0.5 + Math.random() / 2)

interface Sender {
  /** What is on its way right now, by ID. */
  sending: Map<string, Promise<boolean>>
  /** False when it may not have arrived. */
  deliver(entry: Entry, when?: 'unloading'): Promise<boolean>
}

const createSender = ({ backlog, post, onRefused }: Pick<OutboxDeps, 'backlog' | 'post' | 'onRefused'>): Sender => {
  const sending = new Map<string, Promise<boolean>>()
  const send = async (entry: Entry, when?: 'unloading'): Promise<boolean> => {
    const outcome = await post(entry, when)
    sending.delete(entry.id)
    if (outcome === 'later') return false
    if (outcome === 'refused') onRefused(entry)
    await backlog.forget(entry)
    return true
  }
  const deliver = (entry: Entry, when?: 'unloading'): Promise<boolean> => {
    const sent = send(entry, when)
    sending.set(entry.id, sent)
    return sent
  }
  return { sending, deliver }
}

/** Runs when no other tab does. Pages in a sandbox have no locks, but no store either. */
const alone = async (name: string, run: () => Promise<void>): Promise<void> => {
  await (navigator.locks ? navigator.locks.request(name, run) : run())
}

export const createOutbox = ({ name, backlog, post, limits, onRefused }: OutboxDeps): Outbox => {
  const { sending, deliver } = createSender({ backlog, post, onRefused })
  const timer = createTimer(() => void drain())
  let failures = 0
  let draining: Promise<void> | undefined

  /** Sends until nothing waits; gives the milliseconds after which to try again if something still does. */
  const sendAll = async (): Promise<number | undefined> => {
    for (;;) {
      await Promise.all(sending.values())
      const entries = await backlog.list()
      if (entries.length === 0) return
      const pauses = entries.map((entry) => limits.pause(entry.category))
      const allowed = entries.filter((_, at) => pauses[at] === 0)
      if (allowed.length === 0) return Math.min(...pauses)
      for (const entry of allowed) {
        if (await deliver(entry)) failures = 0
        else return Math.max(backoff(++failures), limits.pause(entry.category))
      }
    }
  }

  const sendAlone = async (): Promise<void> => {
    const run = async (): Promise<void> => {
      const retryMs = await sendAll()
      if (retryMs !== undefined) timer.set(retryMs)
    }
    await ((await backlog.isStored()) ? alone(name, run) : run())
  }

  const drain = (): Promise<void> => {
    timer.clear()
    draining ??= sendAlone()
      .catch(() => timer.set(LAST_RETRY_MS))
      .finally(() => (draining = undefined))
    return draining
  }

  /** What has just been added goes straight on its way; only what comes back needs the list, and the lock. */
  const add = async (entry: Entry): Promise<void> => {
    await backlog.keep(entry)
    await draining
    // While the service fails, the timer decides; and the page may have gone and sent it meanwhile.
    if (failures > 0 || sending.has(entry.id) || !backlog.own.has(entry.id)) return
    const pause = limits.pause(entry.category)
    if (pause > 0) return timer.set(pause)
    if (await deliver(entry)) return
    failures ||= 1
    timer.set(Math.max(backoff(failures), limits.pause(entry.category)))
  }

  return {
    add: (entry) => void add(entry),
    drain,
    shed: () => {
      for (const entry of backlog.own.values()) {
        if (!sending.has(entry.id) && limits.pause(entry.category) === 0) void deliver(entry, 'unloading')
      }
    },
    waiting: () => backlog.own.size,
    stop: timer.stop,
  }
}
