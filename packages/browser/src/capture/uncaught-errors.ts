import { listen, type Signal, type Source } from '../source.ts'

/** What an error event tells. Of errors in workers and foreign scripts only the message is known, and perhaps the place. */
export const signalOfError = (event: ErrorEvent): Signal => {
  // "Uncaught TypeError: text" in Chromium, "TypeError: text" elsewhere, "uncaught exception: text" for non-errors.
  const [, name, message] = /^(?:uncaught (?:exception: )?)?(?:(\w*Error): )?([^]*)$/i.exec(event.message)!
  return { value: event.error ?? { name, message }, by: 'onerror', place: event }
}

/** Errors that nothing caught. */
export const uncaughtErrors = (): Source => (emit) =>
  listen<ErrorEvent>(globalThis, 'error', (event) => emit.capture(signalOfError(event)))
