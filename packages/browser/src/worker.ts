import { read, readText } from './enrich/read.ts'
import { listen, type Source } from './source.ts'

const MARK = '__foghorn'

interface Told {
  name: string
  message: string
  stack: string
  by: string
  ids: object
}

const idsHere = (): object => ({ ...(globalThis as { _sentryDebugIds?: object })._sentryDebugIds })

/**
 * Call it first in a worker: errors that nothing caught there are told to the page with their stack, which the page
 * itself never sees. The page listens with `workerErrors`.
 */
export const reportToPage = (): void => {
  const tell = (by: string, error: unknown): void => {
    const told: Told = {
      name: readText(error, 'name'),
      message: readText(error, 'message') || String(error),
      stack: readText(error, 'stack'),
      by,
      ids: idsHere(),
    }
    globalThis.postMessage({ [MARK]: told })
  }
  listen<ErrorEvent>(globalThis, 'error', (event) => {
    if (!event.error) return
    tell('worker.onerror', event.error)
    // Else the page would get a second report of it, without the stack.
    event.preventDefault()
  })
  listen<PromiseRejectionEvent>(globalThis, 'unhandledrejection', ({ reason }) =>
    tell('worker.onunhandledrejection', reason),
  )
}

/**
 * Takes what `reportToPage` tells in this worker.
 *
 * @example
 * const worker = new Worker(new URL('./worker.js', import.meta.url))
 * addSource(workerErrors(worker))
 */
export const workerErrors =
  (worker: Worker): Source =>
  (emit) =>
    listen<MessageEvent>(worker, 'message', (event) => {
      const told = read(event.data, MARK) as Told | undefined
      if (!told) return
      event.stopImmediatePropagation()
      const page = globalThis as { _sentryDebugIds?: object }
      page._sentryDebugIds = { ...page._sentryDebugIds, ...told.ids }
      emit.capture({ value: told, by: told.by })
    })
