import { hexId } from '../enrich/id.ts'

export type Attributes = Record<string, string | number | boolean>

export interface SpanOptions {
  /** What is done, in words that do not change with its data: `GET /api/cart`, `render list`. */
  name: string
  /** Kind of work, such as `http.client` or `ui.render`. */
  op?: string
  attributes?: Attributes
}

/** A piece of work that takes time. */
export interface Span {
  setAttribute(key: string, value: Attributes[string]): void
  /** `ok` unless said otherwise. */
  setStatus(status: 'ok' | 'internal_error'): void
  end(): void
  /** For the `sentry-trace` header of a request that belongs to the work. */
  traceHeader(): string
}

/** A span as it goes over the wire. */
export interface SpanData {
  trace_id: string
  span_id: string
  parent_span_id?: string | undefined
  op?: string | undefined
  description: string
  start_timestamp: number
  timestamp?: number
  status: string
  data: Attributes
}

export interface OpenSpan extends Span {
  data: SpanData
  children: SpanData[]
  sampled: boolean
}

export const now = (): number => (performance.timeOrigin + performance.now()) / 1000

export interface SpanDeps {
  parent: OpenSpan | undefined
  sampled: boolean
  onEnd: (span: OpenSpan) => void
}

const MAX_CHILDREN = 500

/** Children are kept by the span at the root, which is sent with all of them when it ends. */
export const openSpan = ({ name, op, attributes }: SpanOptions, { parent, sampled, onEnd }: SpanDeps): OpenSpan => {
  const data: SpanData = {
    trace_id: parent?.data.trace_id ?? hexId(),
    span_id: hexId().slice(16),
    parent_span_id: parent?.data.span_id,
    op,
    description: name,
    start_timestamp: now(),
    status: 'ok',
    data: { ...attributes },
  }
  const span: OpenSpan = {
    data,
    children: parent?.children ?? [],
    sampled: parent?.sampled ?? sampled,
    setAttribute: (key, value) => void (data.data[key] = value),
    setStatus: (status) => void (data.status = status),
    end: () => {
      if (data.timestamp) return
      data.timestamp = now()
      if (parent && span.children.length < MAX_CHILDREN) span.children.push(data)
      onEnd(span)
    },
    traceHeader: () => `${data.trace_id}-${data.span_id}-${span.sampled ? 1 : 0}`,
  }
  return span
}
