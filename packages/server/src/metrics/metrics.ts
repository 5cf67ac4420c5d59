import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { OutcomeStore } from '../ports/outcomes.ts'

/** What is measured when somebody asks for it; what a process knows nothing of is left out. */
export interface MetricsDeps {
  outcomes?: Pick<OutcomeStore, 'totals'>
  /** Requests of the inbox: those that wait to be digested, and those that were set aside. */
  inboxDepth?(): Promise<{ waiting: number; setAside: number }>
  /** Bytes of each file of the store. */
  fileSizes?(): Promise<Record<string, number>>
  /** Bytes that are free on the disk of the store. */
  freeBytes?(): Promise<number>
  /** Whether this process leads the schedulers. */
  isLeading?(): boolean
  now: () => number
}

export interface Metrics {
  /** Counts and times requests by route, never by address: an attacker could make up addresses without end. */
  observe: MiddlewareHandler
  /** Everything in Prometheus' text format. */
  render(): Promise<string>
  contentType: string
}

const HOUR_MS = 3_600_000

const inboxGauge = (inboxDepth: NonNullable<MetricsDeps['inboxDepth']>): Gauge =>
  new Gauge({
    name: 'foghorn_inbox_requests',
    help: 'Accepted requests that wait to be digested, or that were set aside as dead letters',
    labelNames: ['state'],
    registers: [],
    async collect() {
      const { waiting, setAside } = await inboxDepth()
      this.set({ state: 'waiting' }, waiting)
      this.set({ state: 'set_aside' }, setAside)
    },
  })

const filesGauge = (fileSizes: NonNullable<MetricsDeps['fileSizes']>): Gauge =>
  new Gauge({
    name: 'foghorn_store_bytes',
    help: 'Size of the files of the store',
    labelNames: ['file'],
    registers: [],
    async collect() {
      for (const [file, bytes] of Object.entries(await fileSizes())) this.set({ file }, bytes)
    },
  })

const diskGauge = (freeBytes: NonNullable<MetricsDeps['freeBytes']>): Gauge =>
  new Gauge({
    name: 'foghorn_disk_free_bytes',
    help: 'Free bytes on the disk of the data folder',
    registers: [],
    async collect() {
      this.set(await freeBytes())
    },
  })

const leaderGauge = (isLeading: NonNullable<MetricsDeps['isLeading']>): Gauge =>
  new Gauge({
    name: 'foghorn_leader',
    help: 'Whether this process does what only one of all schedulers may do',
    registers: [],
    collect() {
      this.set(Number(isLeading()))
    },
  })

const itemsGauge = (outcomes: NonNullable<MetricsDeps['outcomes']>, now: () => number): Gauge =>
  new Gauge({
    name: 'foghorn_items',
    help: 'Items by what became of them, in the hour that runs and in the one before',
    labelNames: ['category', 'outcome', 'hour'],
    registers: [],
    async collect() {
      this.reset()
      const current = Math.floor(now() / HOUR_MS) * HOUR_MS
      for (const { hour, category, outcome, quantity } of await outcomes.totals(current - HOUR_MS))
        this.set({ category, outcome, hour: hour === current ? 'current' : 'previous' }, quantity)
    },
  })

const gaugesOf = ({ outcomes, inboxDepth, fileSizes, freeBytes, isLeading, now }: MetricsDeps): Gauge[] => [
  ...(inboxDepth ? [inboxGauge(inboxDepth)] : []),
  ...(fileSizes ? [filesGauge(fileSizes)] : []),
  ...(freeBytes ? [diskGauge(freeBytes)] : []),
  ...(isLeading ? [leaderGauge(isLeading)] : []),
  ...(outcomes ? [itemsGauge(outcomes, now)] : []),
]

/** Measures for one service; nothing is shared between two in one process. */
export const createMetrics = (deps: MetricsDeps): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const gauge of gaugesOf(deps)) registry.registerMetric(gauge)
  const seconds = new Histogram({
    name: 'foghorn_http_request_duration_seconds',
    help: 'Time to answer requests',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10],
    registers: [registry],
  })
  return {
    observe: async (c, next) => {
      const stop = seconds.startTimer()
      await next()
      stop({ method: c.req.method, route: routePath(c), status: c.res.status })
    },
    render: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
