import type { ClientEvent } from '@foghorn/protocol'
import { createBacklog, type Backlog } from '../buffer/backlog.ts'
import type { Entry } from '../buffer/entry.ts'
import { openStore } from '../buffer/indexed-db.ts'
import { createStash, type Stash } from '../buffer/stash.ts'
import { diagnose } from '../enrich/diagnose.ts'
import { hexId } from '../enrich/id.ts'
import { createFloodControl } from '../filter/flood.ts'
import type { Ledger } from '../filter/ledger.ts'
import type { Options, ScopeData } from '../options.ts'
import { createSessions, type Sessions } from '../sessions.ts'
import type { Endpoint } from './dsn.ts'
import { itemLines, type Item } from './envelope.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createPost, type Post } from './post.ts'
import { createRateLimits } from './rate-limits.ts'
import { createReporter, reportRefusal } from './report.ts'

export interface DeliveryDeps {
  options: Options
  endpoint: Endpoint
  /** The page's own `fetch`, taken before anyone patched it. */
  fetch: typeof fetch
  ledger: Ledger
  scope: () => ScopeData
}

export interface Delivery extends Omit<Outbox, 'add'> {
  send(item: Item): void
}

const DEFAULT_PER_MINUTE = 30

// What rate limits and reports call the items.
const CATEGORIES: Record<string, string> = { event: 'error', client_report: 'internal' }

const entryOf = (item: Item): Entry => ({
  id: `${Date.now().toString(36)}-${item.id ?? hexId()}`,
  eventId: item.id,
  category: CATEGORIES[item.type] ?? item.type,
  items: itemLines(item),
})

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

const withoutEmpty = (event: object): object =>
  Object.fromEntries(Object.entries(event).filter(([, value]) => !isEmpty(value)))

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
  await Promise.all(entries.map((entry) => backlog.keep(entry)))
  clear()
  if (entries.length > 0 || (await hasLeftovers(name))) await drain()
}

/** Opens the page's session. It is not worth a place in the buffer: a lost one is made good by the first update. */
const openSession = ({ options, scope }: DeliveryDeps, post: Post): Sessions | undefined => {
  if (!options.release || options.autoSessionTracking === false) return undefined
  const sessions = createSessions(options, scope)
  post({ id: 'session', category: 'session', items: sessions.opening }).then(
    (outcome) => outcome === 'sent' && sessions.opened(),
    () => {},
  )
  return sessions
}

/** Buffer and send: what the courier loads. */
export const createDelivery = (deps: DeliveryDeps): Delivery => {
  const { options, endpoint, fetch, ledger } = deps
  const limits = createRateLimits()
  const name = `foghorn-${endpoint.publicKey}`
  const post = createPost({ endpoint, limits, fetch })
  const backlog = createBacklog(
    () => openStore(name),
    (entry) => ledger.count('cache_overflow', entry.category),
  )
  const stash = createStash(name)
  const onRefused = ({ eventId, category }: Entry): void => {
    ledger.count('send_error', category)
    // A refused report is not worth another.
    if (category !== 'internal') outbox.add(entryOf(reportRefusal(eventId, category)))
  }
  const outbox = createOutbox({ name, limits, backlog, post, onRefused })
  const flood = createFloodControl(() => options.maxEventsPerMinute ?? DEFAULT_PER_MINUTE)
  const sessions = openSession(deps, post)
  const takeReport = createReporter(ledger.counts)

  const sendEvent = (event: ClientEvent): void => {
    const entry = entryOf({ type: 'event', id: event.event_id, payload: withoutEmpty(diagnose(event)) })
    const session = sessions?.after(event)
    outbox.add(session ? { ...entry, items: `${entry.items}\n${session}` } : entry)
  }
  const send = (item: Item): void => {
    if (item.type === 'event') judge(item)
    else outbox.add(entryOf(item))
    // What comes up while the page goes cannot wait for its turn.
    if (document.visibilityState === 'hidden') outbox.shed()
  }
  const judge = (item: Item): void => {
    const event = item.payload as ClientEvent
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

  void resume({ name, stash, backlog, drain: outbox.drain })
  return {
    waiting: outbox.waiting,
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
