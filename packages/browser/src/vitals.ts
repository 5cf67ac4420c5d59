import type { Metric } from 'web-vitals'
import type { MetricWithAttribution } from 'web-vitals/attribution'
import { hexId } from './enrich/id.ts'
import { getScope } from './scope.ts'
import { all, listen, type Emit, type Source } from './source.ts'

export interface WebVitalsOptions {
  /** Also tells which element or interaction was to blame; a larger chunk. False when absent. */
  attribution?: boolean
}

type Vitals = Map<string, Metric | MetricWithAttribution>

const measurementsOf = (vitals: Vitals): Record<string, object> =>
  Object.fromEntries(
    [...vitals.values()].map(({ name, value }) => [
      name.toLowerCase(),
      { value, unit: name === 'CLS' ? '' : 'millisecond' },
    ]),
  )

/** The short part of an attribution: which element, which resource, which kind of interaction. */
const blameOf = (vitals: Vitals): Record<string, object> =>
  Object.fromEntries(
    [...vitals.values()].flatMap((metric) => {
      if (!('attribution' in metric)) return []
      const told = Object.entries(metric.attribution).filter(([key]) => /target$|^url$|^interactionType$/i.test(key))
      return told.length > 0 ? [[metric.name.toLowerCase(), Object.fromEntries(told)]] : []
    }),
  )

const send = (emit: Emit, vitals: Vitals): void => {
  const event = emit.build({ event: { level: 'info' } })
  const trace = { trace_id: hexId(), span_id: hexId().slice(16), op: 'pageload', status: 'ok' }
  const { breadcrumbs: _, ...page } = event
  emit.send({
    type: 'transaction',
    id: event.event_id,
    payload: {
      ...page,
      type: 'transaction',
      transaction_info: { source: 'url' },
      start_timestamp: performance.timeOrigin / 1000,
      spans: [],
      measurements: measurementsOf(vitals),
      contexts: { ...event.contexts, trace, web_vitals: blameOf(vitals) },
    },
  })
}

const watch = async (attribution: boolean, note: (metric: Metric | MetricWithAttribution) => void): Promise<void> => {
  // What happened before the chunk came is told by the browser's buffered entries.
  const { onCLS, onFCP, onINP, onLCP, onTTFB } = await (attribution
    ? import('web-vitals/attribution')
    : import('web-vitals'))
  for (const on of [onCLS, onFCP, onINP, onLCP, onTTFB]) on(note)
}

/**
 * Measures LCP, CLS, INP, FCP and TTFB by Google's web-vitals and sends them when the page is first hidden, which is
 * when they are final. Browsers measure what they can: Safari and Firefox lack some.
 *
 * @example
 * init({ dsn, sources: [...defaultSources(), webVitals()] })
 */
export const webVitals =
  ({ attribution = false }: WebVitalsOptions = {}): Source =>
  (emit) => {
    const vitals: Vitals = new Map()
    let sent = false
    // web-vitals hears of it before us, in the capture phase, and settles what was still open.
    const sendOnce = (): void => {
      if (sent || document.visibilityState !== 'hidden' || vitals.size === 0) return
      sent = true
      send(emit, vitals)
    }
    const start = (): void =>
      void watch(attribution, (metric) => {
        vitals.set(metric.name, metric)
        getScope().setContext('vitals', measurementsOf(vitals))
      }).catch(() => {
        // Offline: this page goes without.
      })
    if (document.readyState === 'complete') start()
    return all([listen(globalThis, 'load', start), listen(globalThis, 'visibilitychange', sendOnce)])
  }
