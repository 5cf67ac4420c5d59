import type { FeedbackOptions, FeedbackOutcome } from './options.ts'

/**
 * Opens the form; its code is fetched now. Resolves when it is closed, and rejects when it could not be fetched.
 *
 * @example
 * helpLink.addEventListener('click', () => openFeedback({ eventId: null }))
 */
export const openFeedback = async (options: FeedbackOptions = {}): Promise<FeedbackOutcome> =>
  (await import('./open-form.ts')).openForm(options)
