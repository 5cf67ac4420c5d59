import type { Breadcrumb, ClientEvent, DebugImage, ExceptionValue, Level, StackFrame } from '@foghorn/protocol'
import type { Options, ScopeData } from '../options.ts'
import { NAME, VERSION } from '../sdk.ts'
import type { Signal } from '../source.ts'
import { exceptionsOf } from './exceptions.ts'
import { hexId } from './id.ts'
import { maskSecrets } from './mask.ts'
import { charsOf, normalize, toText } from './normalize.ts'
import { parseStack } from './stack.ts'

export interface Surroundings {
  options: Options
  scope: ScopeData
  crumbs: Breadcrumb[]
  imagesOf: (frames: StackFrame[]) => DebugImage[]
}

/** The page, its release and its scope: what every kind of event carries. Absent values leave with the JSON. */
const describePage = ({ options, scope, crumbs }: Surroundings, level: Level): ClientEvent => {
  const { release, dist, environment, normalizeDepth = 3, sendDefaultPii } = options
  return {
    event_id: hexId(),
    timestamp: Date.now() / 1000,
    platform: 'javascript',
    level,
    ...(normalize(scope, normalizeDepth + 2, charsOf(options)) as ScopeData),
    release,
    dist,
    environment,
    breadcrumbs: crumbs,
    transaction: location.pathname,
    request: { url: maskSecrets(location.href) },
    sdk: { name: NAME, version: VERSION, settings: { infer_ip: sendDefaultPii ? 'auto' : 'never' } },
  }
}

/** A signal of any kind as an event that can be sent. */
export const buildEvent = (signal: Signal, around: Surroundings): ClientEvent => {
  const { place, trace, by } = signal
  const chars = charsOf(around.options)
  const event = { ...describePage(around, by ? 'error' : 'info'), ...signal.event }
  if ('message' in event) event.message = toText(event.message, chars)
  const values: ExceptionValue[] = by ? exceptionsOf(signal, chars) : []
  if (!by && trace) values.push({ value: event.message, mechanism: { handled: true, synthetic: true } })
  const thrown = values.at(-1)
  if (!thrown) return event
  if (trace) thrown.stacktrace ??= { frames: parseStack(trace) }
  if (place?.filename) {
    const { filename, lineno, colno } = place
    thrown.stacktrace ??= { frames: [{ function: '?', in_app: true, filename, lineno, colno }] }
  }
  const images = around.imagesOf(values.flatMap((value) => value.stacktrace?.frames ?? []))
  return { ...event, exception: { values }, debug_meta: images[0] && { images } }
}
