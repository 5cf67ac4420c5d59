import type { ClientEvent } from '@foghorn/protocol'
import { createBacklog, type Backlog } from '../buffer/backlog.ts'
import { entryOf, type Entry } from '../buffer/entry.ts'
import { openStore } from '../buffer/indexed-db.ts'
import { createStash, type Stash } from '../buffer/stash.ts'
import { diagnose } from '../enrich/diagnose.ts'
import { fit } from '../enrich/fit.ts'
import { createFloodControl, createTrailBudget } from '../filter/flood.ts'
import type { Ledger } from '../filter/ledger.ts'
import { guard } from '../guard.ts'
import type { Options, ScopeData } from '../options.ts'
import type { SessionOrder } from '../sessions.ts'
import type { Endpoint } from './dsn.ts'
import type { Item } from './envelope.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createPageSession } from './page-session.ts'
import { createPost } from './post.ts'
import { createRateLimits } from './rate-limits.ts'
import { createReporter, reportRefusal } from './report.ts'

export interface DeliveryDeps {
  options: Options
  endpoint: Endpoint
  /** The page's own `fetch`, taken before anyone patched it, or what stands in for it. */
  transport: typeof fetch
  ledger: Ledger
  scope: () => ScopeData
}

export interface Delivery extends Omit<Outbox, 'add'> {
  send(item: Item): void
}

const DEFAULT_PER_MINUTE = 30
// What a page may still send while it goes, with room for a second one.
const MAX_EVENT_BYTES = 28_000

const isEmpty = (value: unknown): boolean => {
  if (typeof value !== 'object') return false
  for (const _ in value) return false
  return true
}

/** What says nothing becomes nothing, which JSON leaves out: `error` is the level of events that name none. */
const withoutEmpty = (event: ClientEvent): object => {
  const told: Record<string, unknown> = { ...event, level: event.level === 'error' ? undefined : event.level }
  for (const key in told) if (isEmpty(told[key])) told[key] = undefined
  return told
}

/** Whether an earlier page has left something in the store. Nothing is created to find out. */
const hasLeftovers = async (name: string): Promise<boolean> => {
  const databases = (await globalThis.indexedDB?.databases?.().catch(() => [])) ?? []
  return databases.some((database) => database.name === name)
}

interface Leftovers {
  name: string
  stash: Stash
  backlog: Backlog
  drain: () => Promise<void>
}

/** Sends what earlier pages could not. */
const resume = async ({ name, stash, backlog, drain }: Leftovers): Promise<void> => {
  const { entries, clear } = stash.read()
  if (entries[0]) {
    // What the store has after all may have a file with it.
    const stored = (await backlog.list()).map(({ id }) => id)
    await backlog.keep(entries.filter(({ id }) => !stored.includes(id)))
  }
  clear()
  if (entries.length > 0 || (await hasLeftovers(name))) await drain()
}

/** Buffer and send: what the courier loads, and gives what has come up meanwhile. */
export const createDelivery = (deps: DeliveryDeps, early: Item[]): Delivery => {
  const { options, endpoint, transport, ledger } = deps
  const limits = createRateLimits()
  const post = createPost({ endpoint, limits, transport })
  const onOverflow = (entry: Entry): void => {
    ledger.count('cache_overflow', entry.category)
    backlog.forget([entry])
  }
  const backlog = createBacklog(() => openStore(endpoint.name, onOverflow))
  const stash = createStash(endpoint.name)
  const onRefused = ({ eventId, category }: Entry): void => {
    ledger.count('send_error', category)
    // A refused report is not worth another.
    if (category !== 'internal') outbox.add(entryOf(reportRefusal(eventId, category)))
  }
  const outbox = createOutbox({ name: endpoint.name, limits, backlog, post, onRefused })
  const flood = createFloodControl(() => options.maxEventsPerMinute ?? DEFAULT_PER_MINUTE)
  const withinBudget = createTrailBudget()
  const session = createPageSession(deps, post, (item) => outbox.add(entryOf(item)))
  const takeReport = createReporter(ledger.counts)

  const sendEvent = (event: ClientEvent): void => {
    const update = session.after(event)
    const entryFor = (payload: ClientEvent): Entry =>
      entryOf({ type: 'event', id: event.event_id, payload: withoutEmpty(payload) }, update)
    const told = withinBudget(diagnose(event))
    const entry = entryFor(told)
    outbox.add(entry.items.length > MAX_EVENT_BYTES ? entryFor(fit(told, MAX_EVENT_BYTES)) : entry)
  }
  const send = (item: Item): void => {
    if (item.type === 'event') judge(item.payload as ClientEvent)
    else if (item.type === 'session') session.steer(item.payload as SessionOrder)
    else outbox.add(entryOf(item))
    // What comes up while the page goes cannot wait for its turn.
    if (document.hidden) outbox.shed()
  }
  const judge = (event: ClientEvent): void => {
    const verdict = flood.judge(event)
    if (verdict) ledger.count(verdict)
    else sendEvent(event)
  }
  /** Sends the counts of what was merged and dropped. */
  const report = (): void => {
    flood.takeRepeats().forEach(sendEvent)
    const item = takeReport()
    if (item) send(item)
  }

  stash.takeOut(early).forEach(guard(send))
  void resume({ name: endpoint.name, stash, backlog, drain: outbox.drain })
  return {
    stats: outbox.stats,
    stop: outbox.stop,
    send,
    shed: () => {
      report()
      stash.save(backlog.unwritten())
      outbox.shed()
    },
    drain: () => {
      report()
      return outbox.drain()
    },
  }
}
