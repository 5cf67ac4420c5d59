import { currentClient, start } from './api.ts'
import * as api from './index.ts'
import { signalOfError } from './capture/uncaught-errors.ts'
import { signalOfFailedResource } from './capture/failed-resources.ts'
import { defaultSources } from './default-sources.ts'
import { guard } from './guard.ts'
import type { Options } from './options.ts'
import type { Signal } from './source.ts'

export * from './index.ts'
export { explain } from './explain.ts'

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
