import { ErrorBoundary } from './error-boundary.ts'
import { isHydrationError } from './hydration.ts'
import { connect, report } from './report.ts'

/** What React tells with an error. */
export interface ErrorInfo {
  componentStack?: string | null | undefined
  /** The boundary that caught it, when a boundary did. React 19 tells the root before it. */
  errorBoundary?: unknown
}

export type ErrorHandler = (error: unknown, info: ErrorInfo) => void

/** Options of `createRoot` and `hydrateRoot`. React 18 knows `onRecoverableError` alone. */
export interface RootHandlers {
  onCaughtError: ErrorHandler
  onUncaughtError: ErrorHandler
  onRecoverableError: ErrorHandler
}

/**
 * What React does with such errors when it is given no handlers. The SDK knows the object again and takes it once;
 * values without identity would count twice, and are only shown.
 */
const passOn: ErrorHandler = (error) => (Object(error) === error ? reportError(error) : console.error(error))

const show: ErrorHandler = (error) => console.error(error)

/** React 18 tells of one mismatch up to three times, in one go: what differs, that hydration failed, that it starts over. */
const oncePerMismatch = (handler: ErrorHandler): ErrorHandler => {
  let isTold = false
  return (error, info) => {
    if (!isHydrationError(error)) return handler(error, info)
    if (isTold) return
    isTold = true
    queueMicrotask(() => {
      isTold = false
    })
    handler(error, info)
  }
}

/**
 * Handlers for the root, so that errors that no boundary of ours sees come with their component stack too, and
 * hydration errors as such (`HydrationError`). What React would have done with an error is done after it was reported,
 * unless a handler of your own is given for it.
 *
 * @example
 * createRoot(document.getElementById('app')!, reactRootHandlers()).render(<App />)
 */
export const reactRootHandlers = (own: Partial<RootHandlers> = {}): RootHandlers => {
  connect()
  const reporting =
    (by: 'caught' | 'uncaught' | 'recoverable', next: ErrorHandler): ErrorHandler =>
    (error, info) => {
      const { componentStack, errorBoundary } = info
      const beforeCapture = errorBoundary instanceof ErrorBoundary ? errorBoundary.props.beforeCapture : undefined
      const failure = { error, componentStack: componentStack ?? '', by, handled: by !== 'uncaught' }
      report({ ...failure, boundary: errorBoundary ?? undefined }, beforeCapture)
      next(error, info)
    }
  return {
    onCaughtError: reporting('caught', own.onCaughtError ?? show),
    onUncaughtError: reporting('uncaught', own.onUncaughtError ?? passOn),
    onRecoverableError: oncePerMismatch(reporting('recoverable', own.onRecoverableError ?? passOn)),
  }
}
