import { maskSecrets } from '../enrich/mask.ts'
import { read } from '../enrich/read.ts'
import type { Emit } from '../source.ts'

export interface StartedRequest {
  category: 'fetch' | 'xhr'
  method: unknown
  url: unknown
}

/** Status, 0 when no answer came; the lengths of the bodies, where they are known. */
export type NoteEnd = (status: number, sent: unknown, got?: number) => void

/** The length of a body that tells it at no cost. */
export const lengthOf = (body: unknown): unknown =>
  typeof body === 'string' || body instanceof URLSearchParams
    ? `${body}`.length
    : (read(body, 'byteLength') ?? read(body, 'size'))

/** Takes down a request as it starts; what it gives makes the breadcrumb when it has ended. */
export const noteRequest = (emit: Emit, { category, method, url }: StartedRequest): NoteEnd => {
  const began = performance.now()
  const data = { method: `${method}`.toUpperCase(), url: maskSecrets(`${url}`) }
  return (status_code, request_body_size, got) =>
    emit.crumb({
      type: 'http',
      category,
      level: status_code >= 500 || !status_code ? 'error' : status_code >= 400 ? 'warning' : 'info',
      data: {
        ...data,
        status_code,
        duration: Math.round(performance.now() - began),
        request_body_size,
        response_body_size: got || undefined,
      },
    })
}
