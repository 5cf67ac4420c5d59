import { maskSecrets } from '../enrich/mask.ts'
import { guard } from '../guard.ts'
import type { Emit, Source } from '../source.ts'

const CATEGORIES: Record<string, string> = { fetch: 'fetch', xmlhttprequest: 'xhr' }

const note = (emit: Emit, entry: PerformanceResourceTiming): void => {
  const category = CATEGORIES[entry.initiatorType]
  if (!category) return
  const { name, responseStatus: status_code, duration, encodedBodySize: response_body_size } = entry
  emit.crumb({
    type: 'http',
    category,
    level: status_code >= 500 || !status_code ? 'error' : status_code >= 400 ? 'warning' : 'info',
    data: { url: maskSecrets(name), status_code, duration: Math.round(duration), response_body_size },
  })
}

/**
 * `fetch` and XMLHttpRequest told by the browser's resource timing, with nothing patched: in the place of `fetchCrumbs`
 * and `xhrCrumbs`. Without methods; without a status in WebKit and for other origins that do not allow it; and a request
 * is told of only once its body is read.
 */
export const resourceCrumbs = (): Source => (emit) => {
  const observer = new PerformanceObserver(
    guard((list: PerformanceObserverEntryList) => {
      for (const entry of list.getEntries()) note(emit, entry as PerformanceResourceTiming)
    }),
  )
  observer.observe({ type: 'resource' })
  return () => observer.disconnect()
}
