import type { Pattern } from './options.ts'
import { all, listen, type Source } from './source.ts'
import { sendTraceHeaders } from './tracing/headers.ts'
import type { OpenSpan } from './tracing/span.ts'
import { setActiveSpan, startInactiveSpan, useTracer } from './tracing/tracer.ts'

export type { Attributes, Span, SpanOptions } from './tracing/span.ts'
export { activeSpan, startInactiveSpan, startSpan } from './tracing/tracer.ts'

export interface TracingOptions {
  /** Share of page loads and routes that are sent, 0 to 1. 1 when absent. */
  tracesSampleRate?: number
  /** Addresses that get the trace's header with each `fetch`: the page's own origin when absent. */
  tracePropagationTargets?: Pattern[]
}

// What a page still starts this long after its load or route change belongs to it.
const IDLE_MS = 1000

/** One span for a page load or a route, ended when nothing more is expected of it. */
const startRoute = (op: string, began?: number): (() => void) => {
  setActiveSpan(undefined)
  const span = startInactiveSpan({ name: location.pathname, op }) as OpenSpan
  if (began !== undefined) span.data.start_timestamp = began
  setActiveSpan(span)
  return () => span.end()
}

/**
 * Makes a span of the page load and of each route, to which the spans that the page starts belong.
 *
 * @example
 * init({ dsn, sources: [...defaultSources(), tracing({ tracesSampleRate: 0.1 })] })
 */
export const tracing =
  ({ tracesSampleRate = 1, tracePropagationTargets = [globalThis.location?.origin] }: TracingOptions = {}): Source =>
  (emit) => {
    useTracer({ emit, sampleRate: tracesSampleRate })
    let path = location.pathname
    let end = startRoute('pageload', performance.timeOrigin / 1000)
    let timer: ReturnType<typeof setTimeout>
    const endSoon = (): void => {
      clearTimeout(timer)
      timer = setTimeout(end, IDLE_MS)
    }
    const onRoute = (): void => {
      if (location.pathname === path) return
      path = location.pathname
      end()
      end = startRoute('navigation')
      endSoon()
    }
    if (document.readyState === 'complete') endSoon()
    const { navigation } = globalThis as { navigation?: EventTarget }
    return all([
      sendTraceHeaders(tracePropagationTargets),
      listen(globalThis, 'load', endSoon),
      listen(navigation ?? globalThis, navigation ? 'currententrychange' : 'popstate', onRoute),
      listen(globalThis, 'visibilitychange', () => document.visibilityState === 'hidden' && end()),
      () => useTracer(undefined),
    ])
  }
