import { addSource, type Emit, type Stop } from '@foghorn/browser'

/** As much of a component as is needed to name it. */
export interface VueComponent {
  $parent?: VueComponent | null
  $options: { name?: string; __name?: string; __file?: string }
}

export type VueErrorHandler = (error: unknown, instance: never, info: string) => void

/** As much of Vue's app as is needed. */
export interface VueApp {
  config: { errorHandler?: VueErrorHandler | undefined }
}

const MOST = 50

const nameOf = ({ $options: { name, __name, __file } }: VueComponent): string =>
  name ?? __name ?? /([^/\\]+)\.vue$/.exec(__file ?? '')?.[1] ?? 'Anonymous'

/** The failed component and those above it, as React writes such a trail. */
const trailOf = (component: VueComponent | null | undefined): string => {
  const names: string[] = []
  for (let at = component; at && names.length < MOST; at = at.$parent) names.push(`    at ${nameOf(at)}`)
  return names.join('\n')
}

const send = (emit: Emit, error: unknown, vue: { componentStack: string; hook: string }): void => {
  const event = emit.build({ value: error, by: 'auto.function.vue.error_handler', handled: false })
  emit.capture({ value: error, event: { ...event, contexts: { ...event.contexts, vue } } })
}

/**
 * Reports errors of components, with their trail and the hook that failed. An error handler that the app has already is
 * called afterwards; without one the error goes to the console, as Vue would have it.
 *
 * @example
 * createApp(Shop).use(foghorn).mount('#shop')
 */
export const foghorn: { install: (app: VueApp) => void } = {
  install: (app) => {
    const { errorHandler: own } = app.config
    app.config.errorHandler = (error, instance: VueComponent | null, hook) => {
      const nothing: Stop = () => {}
      addSource((emit) => {
        send(emit, error, { componentStack: trailOf(instance), hook })
        return nothing
      })
      if (own) own(error, instance as never, hook)
      else console.error(error)
    }
  },
}
