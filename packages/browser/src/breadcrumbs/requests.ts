import { maskSecrets } from '../enrich/mask.ts'
import type { Emit } from '../source.ts'

export interface StartedRequest {
  category: 'fetch' | 'xhr'
  method: unknown
  url: unknown
}

/** Takes down a request as it starts; what it gives makes the breadcrumb when the status is known, 0 if none came. */
export const noteRequest = (emit: Emit, { category, method, url }: StartedRequest): ((status: number) => void) => {
  const began = performance.now()
  const data = { method: String(method).toUpperCase(), url: maskSecrets(String(url)) }
  return (status_code) =>
    emit.crumb({
      type: 'http',
      category,
      level: status_code >= 500 || !status_code ? 'error' : status_code >= 400 ? 'warning' : 'info',
      data: { ...data, status_code, duration: Math.round(performance.now() - began) },
    })
}
