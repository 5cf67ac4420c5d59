import { guard } from '../guard.ts'
import type { Pattern } from '../options.ts'
import type { Stop } from '../source.ts'
import { activeSpan } from './tracer.ts'

const isAllowed = (url: string, targets: Pattern[]): boolean =>
  targets.some((target) => (typeof target === 'string' ? url.includes(target) : url.search(target) >= 0))

/** Tells allowed services which trace a request belongs to. Requests to others are passed on untouched. */
export const sendTraceHeaders = (targets: Pattern[]): Stop => {
  const original = globalThis.fetch
  const withHeader = (args: Parameters<typeof fetch>): Parameters<typeof fetch> => {
    let changed = args
    guard(() => {
      const [input, init] = args
      const span = activeSpan()
      const url = new URL(input instanceof Request ? input.url : input, location.href).href
      if (!span || !isAllowed(url, targets)) return
      const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
      headers.set('sentry-trace', span.traceHeader())
      changed = [input, { ...init, headers }]
    })()
    return changed
  }
  const patched = new Proxy(original, {
    apply: (target, self, args) => Reflect.apply(target, self, withHeader(args as Parameters<typeof fetch>)),
    get: (target, key) => {
      const value = Reflect.get(target, key)
      return key === 'toString' ? value.bind(target) : value
    },
  })
  globalThis.fetch = patched
  return () => {
    if (globalThis.fetch === patched) globalThis.fetch = original
  }
}
