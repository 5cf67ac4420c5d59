import { currentClient, start } from './api.ts'
import * as api from './index.ts'
import { signalOfError } from './capture/uncaught-errors.ts'
import { signalOfFailedResource } from './capture/failed-resources.ts'
import { defaultSources } from './default-sources.ts'
import { guard } from './guard.ts'
import type { Options } from './options.ts'
import type { Signal, Source } from './source.ts'

export * from './index.ts'
export { explain } from './explain.ts'

declare const __PARTS__: Record<Part, string>

/** What this file can fetch later: the packages' entries of these names, and the button of the package `feedback`. */
export type Part = 'vitals' | 'tracing' | 'liveness' | 'staleDeploy' | 'feedback'

const SOURCES: Record<Part, string> = {
  vitals: 'webVitals',
  tracing: 'tracing',
  liveness: 'liveness',
  staleDeploy: 'staleDeploy',
  feedback: 'button',
}

const own = globalThis.document?.currentScript as HTMLScriptElement | null | undefined

const fetchPart = (part: Part): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = new URL(`foghorn.${part}.min.js`, own?.src).href
    script.integrity = `sha384-${__PARTS__[part]}`
    script.crossOrigin = 'anonymous'
    script.addEventListener('load', resolve)
    script.addEventListener('error', () => reject(new Error(`Foghorn.use: ${script.src} cannot be had.`)))
    document.head.append(script)
  })

/**
 * Fetches a part from where this file came from, checked against the hash that is built in, and starts its source.
 *
 * @example
 * Foghorn.use('vitals', { attribution: true })
 */
export const use = async (part: Part, options?: object): Promise<void> => {
  const page = globalThis as unknown as { Foghorn: Record<Part, Record<string, (options?: object) => Source>> }
  if (!page.Foghorn[part]) await fetchPart(part)
  api.addSource(page.Foghorn[part][SOURCES[part]]!(options))
}

type Queue = [name: string, what: unknown][]

const signalOf = (name: string, event: unknown): Signal | undefined => {
  if (name === 'unhandledrejection')
    return { value: (event as PromiseRejectionEvent).reason, by: 'onunhandledrejection' }
  return event instanceof ErrorEvent ? signalOfError(event) : signalOfFailedResource(event as Event)
}

/** Does what the loader took down before this file was here. */
const replay = (queue: Queue): void => {
  for (const [name, what] of queue.splice(0)) {
    const method = (api as Record<string, unknown>)[name]
    if (typeof method === 'function') method(...(what as unknown[]))
    else {
      const signal = signalOf(name, what)
      if (signal) guard(() => currentClient()?.capture(signal))()
    }
  }
}

// The loader's stand-in has this global's name until this file has run.
const queue = (globalThis as { Foghorn?: { q?: Queue } }).Foghorn?.q ?? []

/** Like the package's `init`; the first call also takes over what the loader has noticed. */
export const init = (options: Options): void => {
  const calls = queue.filter(([name]) => name === 'init')
  start(Object.assign({}, options, ...calls.map(([, args]) => (args as unknown[])[0])), defaultSources)
  replay(queue)
}
