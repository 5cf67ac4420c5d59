import type { Backlog } from '../buffer/backlog.ts'
import type { Entry } from '../buffer/entry.ts'
import { createSender, LAST_RETRY_MS, type Sender, type SenderDeps } from './sender.ts'
import { createTimer } from './timer.ts'

// What comes in a row is written, and sent, so far apart: a request takes as long as ten captures.
const SPACING_MS = 500

export interface OutboxDeps extends SenderDeps {
  /** Names the lock that lets one tab send at a time. */
  name: string
}

export interface Outbox {
  /** Writes the entry to the backlog, then sends it. */
  add(entry: Entry): void
  /** Sends what is waiting, also what earlier pages left. */
  drain(): Promise<void>
  /** Sends at once all that has not arrived: the page may be gone the next moment. */
  shed(): void
  stats(): { sent: number; waiting: number; lastSentAt?: number }
  stop(): void
}

/** Runs when no other tab does. Pages in a sandbox have no locks, but no store either. */
const alone = async (name: string, run: () => Promise<void>): Promise<void> => {
  await (navigator.locks ? navigator.locks.request(name, run) : run())
}

/** Runs one thing after the other. */
const createTurns = (): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => {})
    return result
  }
}

interface Writer {
  add(entry: Entry): void
  /** Writes what has not been written; gives it. */
  write(): Promise<Entry[]>
}

/** Collects entries and writes them together. */
const createWriter = (backlog: Backlog, onWritten: (entries: Entry[]) => void): Writer => {
  let fresh: Entry[] = []
  let writing: Promise<void> | undefined
  const write = async (): Promise<Entry[]> => {
    const entries = fresh
    fresh = []
    if (entries[0]) await backlog.keep(entries)
    return entries
  }
  const writeSpaced = async (): Promise<void> => {
    // Whatever else comes within this task.
    await Promise.resolve()
    while (fresh[0]) {
      onWritten(await write())
      await new Promise((resolve) => setTimeout(resolve, SPACING_MS))
    }
    writing = undefined
  }
  const add = (entry: Entry): void => {
    backlog.own.set(entry.id, entry)
    fresh.push(entry)
    writing ??= writeSpaced()
  }
  return { add, write }
}

/** Sends what the backlog holds, page by page; gives the milliseconds after which to try the rest again. */
const sendStored = async (backlog: Backlog, { sendAll, landed }: Sender): Promise<number | undefined> => {
  for (;;) {
    await landed()
    const found = await backlog.list()
    const retryMs = await sendAll(found)
    await backlog.settle()
    if (retryMs !== undefined || !found[0]) return retryMs
  }
}

export const createOutbox = ({ name, ...deps }: OutboxDeps): Outbox => {
  const { backlog } = deps
  const sender = createSender(deps)
  const timer = createTimer(() => void drain())
  // So that nothing is sent twice.
  const inTurn = createTurns()
  let draining: Promise<void> | undefined
  const tryAgain = (retryMs: number | undefined): void => {
    if (retryMs !== undefined) timer.set(retryMs)
  }

  /** What has just been added goes straight on its way; only what comes back needs the list, and the lock. */
  const sendFresh = async (entries: Entry[]): Promise<void> => {
    // While the service fails, the timer decides.
    if (sender.isFailing()) return
    tryAgain(await sender.sendAll(entries))
    await backlog.settle()
  }
  const { add, write } = createWriter(backlog, (entries) => void inTurn(() => sendFresh(entries)))

  const drainNow = async (): Promise<void> => {
    await write()
    const run = (): Promise<void> => inTurn(async () => tryAgain(await sendStored(backlog, sender)))
    await ((await backlog.isStored()) ? alone(name, run) : run())
  }
  const drain = (): Promise<void> => {
    timer.clear()
    draining ??= drainNow()
      .catch(() => timer.set(LAST_RETRY_MS))
      .finally(() => (draining = undefined))
    return draining
  }

  return {
    add,
    drain,
    shed: () => sender.shed(backlog.own.values()),
    stats: () => ({ ...sender.sent, waiting: backlog.own.size }),
    stop: timer.stop,
  }
}
