import type { Emit } from '../source.ts'
import { openSpan, type OpenSpan, type Span, type SpanOptions } from './span.ts'

interface Tracer {
  emit: Emit
  sampleRate: number
}

let tracer: Tracer | undefined
let active: OpenSpan | undefined

/** The span that work started now belongs to. */
export const activeSpan = (): Span | undefined => active

export const useTracer = (next: Tracer | undefined): void => void (tracer = next)

/** Makes a span the one that new spans belong to; the page-load or route span, as a rule. */
export const setActiveSpan = (span: Span | undefined): void => void (active = span as OpenSpan | undefined)

/** Sends a finished span without a parent, with all that belongs to it. */
const send = ({ data, children }: OpenSpan): void => {
  if (!tracer) return
  const { breadcrumbs: _, ...page } = tracer.emit.build({ event: { level: 'info' } })
  const { description, start_timestamp, timestamp, ...trace } = data
  tracer.emit.send({
    type: 'transaction',
    id: page.event_id,
    payload: {
      ...page,
      type: 'transaction',
      transaction: description,
      transaction_info: { source: 'custom' },
      start_timestamp,
      timestamp,
      spans: children,
      contexts: { ...page.contexts, trace },
    },
  })
}

/** Starts a span that the caller ends; it belongs to the active one. */
export const startInactiveSpan = (options: SpanOptions): Span => {
  const parent = active
  return openSpan(options, {
    parent,
    sampled: Math.random() < (tracer?.sampleRate ?? 0),
    onEnd: (span) => {
      if (active === span) active = parent
      if (!parent && span.sampled) send(span)
    },
  })
}

/**
 * Runs work within a span, which ends when the work has settled. What the work starts synchronously belongs to it.
 *
 * @example
 * const cart = await startSpan({ name: 'load cart', op: 'http.client' }, () => fetchCart())
 */
export const startSpan = <T>(options: SpanOptions, work: (span: Span) => T): T => {
  const span = startInactiveSpan(options)
  const before = active
  const fail = (): void => {
    span.setStatus('internal_error')
    span.end()
  }
  setActiveSpan(span)
  try {
    const result = work(span)
    if (result instanceof Promise) result.then(() => span.end(), fail)
    else span.end()
    return result
  } catch (error) {
    fail()
    throw error
  } finally {
    active = before
  }
}
