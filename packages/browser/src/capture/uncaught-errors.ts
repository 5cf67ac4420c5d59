import { listen, type Signal, type Source } from '../source.ts'

/** What an error event tells. Of errors in workers and foreign scripts only the message is known, and perhaps the place. */
export const signalOfError = ({ error, message, filename, lineno, colno }: ErrorEvent): Signal => {
  // "Uncaught TypeError: text" in Chromium, "TypeError: text" elsewhere, "uncaught exception: text" for non-errors.
  const [, name, text] = /^(?:uncaught (?:exception: )?)?(?:(\w*Error): )?([^]*)$/i.exec(message)!
  return {
    value: error ?? { name, message: text },
    by: 'onerror',
    place: filename && { filename, lineno, colno },
  }
}

/** Errors that nothing caught. */
export const uncaughtErrors = (): Source => (emit) =>
  listen<ErrorEvent>(globalThis, 'error', (event) => emit.capture(signalOfError(event)))
