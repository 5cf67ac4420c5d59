import { guard } from '../guard.ts'
import { all, listen, type Source } from '../source.ts'

/** Rejected promises that nothing handled, unless something does within the same task. */
export const unhandledRejections = (): Source => (emit) => {
  const waiting = new Map<Promise<unknown>, unknown>()
  const report = (): void => {
    for (const [promise, value] of waiting) {
      waiting.delete(promise)
      emit.capture({ value, by: 'onunhandledrejection' })
    }
  }
  return all([
    listen<PromiseRejectionEvent>(globalThis, 'unhandledrejection', ({ promise, reason }) => {
      waiting.set(promise, reason)
      setTimeout(guard(report))
    }),
    listen<PromiseRejectionEvent>(globalThis, 'rejectionhandled', ({ promise }) => void waiting.delete(promise)),
    // The timer above does not run any more once the page goes.
    listen(globalThis, 'pagehide', report),
  ])
}
