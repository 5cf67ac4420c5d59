import { all, type Source } from './source.ts'
import { signalOfError } from './capture/uncaught-errors.ts'
import { listen } from './source.ts'

/**
 * Errors and rejections of an iframe of the same origin, which its page never sees. Give it again after the iframe has
 * navigated: a new document is a new world.
 *
 * @example
 * iframe.addEventListener('load', () => addSource(frameErrors(iframe)))
 */
export const frameErrors =
  (iframe: HTMLIFrameElement): Source =>
  (emit) => {
    // Null for a frame that is not in the page; of another origin, asking for its document gives null.
    const inner = iframe.contentDocument?.defaultView
    if (!inner) return () => {}
    return all([
      listen<ErrorEvent>(inner, 'error', (event) => emit.capture({ ...signalOfError(event), by: 'iframe.onerror' })),
      listen<PromiseRejectionEvent>(inner, 'unhandledrejection', ({ reason }) =>
        emit.capture({ value: reason, by: 'iframe.onunhandledrejection' }),
      ),
    ])
  }
