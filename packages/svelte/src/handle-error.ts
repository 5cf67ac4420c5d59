import { report } from './report.ts'

/** What SvelteKit's client hands to `handleError`, as far as it is read. */
export interface ErrorEvent {
  error: unknown
  event: { route: { id: string | null }; url: URL }
  status: number
  message: string
}

export type HandleClientError<Answer = unknown> = (failure: ErrorEvent) => Answer

/**
 * `handleError` for `src/hooks.client.ts`: reports unexpected errors of loading and rendering with the route that failed.
 * Pages that do not exist are no errors. What a handler of your own gives is what the error page gets.
 *
 * @example
 * export const handleError = handleErrorWithFoghorn()
 */
export const handleErrorWithFoghorn =
  <Answer = void>(own?: HandleClientError<Answer>): HandleClientError<Answer> =>
  (failure) => {
    const { error, event, status } = failure
    if (status !== 404) report(error, 'handle_error', { route: event.route.id, status })
    return own ? own(failure) : (console.error(error) as Answer)
  }
