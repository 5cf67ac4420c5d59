import type { Breadcrumb, ClientEvent, DebugImage, ExceptionValue, StackFrame } from '@foghorn/protocol'
import type { Options, ScopeData } from '../options.ts'
import { SDK } from '../sdk.ts'
import type { Signal } from '../source.ts'
import { exceptionsOf } from './exceptions.ts'
import { hexId } from './id.ts'
import { maskSecrets } from './mask.ts'
import { normalize } from './normalize.ts'
import { parseStack } from './stack.ts'

export interface Surroundings {
  options: Options
  scope: ScopeData
  crumbs: Breadcrumb[]
  imagesOf: (frames: StackFrame[]) => DebugImage[]
}

/** The page, its release and its scope: what every kind of event carries. Absent values leave with the JSON. */
const describePage = ({ options, scope, crumbs }: Surroundings): ClientEvent => {
  const {
    release,
    dist,
    environment = 'production',
    normalizeDepth = 3,
    maxValueLength = 1024,
    sendDefaultPii,
  } = options
  const bounded = (data: unknown): Record<string, unknown> =>
    normalize(data, normalizeDepth + 1, maxValueLength) as Record<string, unknown>
  return {
    event_id: hexId(),
    timestamp: Date.now() / 1000,
    platform: 'javascript',
    level: 'error',
    ...scope,
    extra: bounded(scope.extra),
    contexts: bounded(scope.contexts),
    release,
    dist,
    environment,
    breadcrumbs: crumbs,
    transaction: location.pathname,
    request: { url: maskSecrets(location.href), headers: { 'User-Agent': navigator.userAgent } },
    sdk: { ...SDK, settings: { infer_ip: sendDefaultPii ? 'auto' : 'never' } },
  }
}

/** A signal of any kind as an event that can be sent. */
export const buildEvent = (signal: Signal, around: Surroundings): ClientEvent => {
  const { place, trace, by } = signal
  const event = { ...describePage(around), ...signal.event }
  const values: ExceptionValue[] = by ? exceptionsOf(signal, around.options.maxValueLength ?? 1024) : []
  if (!by && trace) values.push({ value: event.message, mechanism: { handled: true, synthetic: true } })
  const thrown = values.at(-1)
  if (!thrown) return event
  if (trace) thrown.stacktrace ??= { frames: parseStack(trace) }
  if (place) thrown.stacktrace ??= { frames: [{ function: '?', in_app: true, ...place }] }
  const images = around.imagesOf(values.flatMap((value) => value.stacktrace?.frames ?? []))
  return { ...event, exception: { values }, ...(images[0] && { debug_meta: { images } }) }
}
