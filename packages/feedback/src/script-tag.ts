// What the SDK's script-tag build fetches for `Foghorn.use('feedback', options)`.
import type { Source } from '@foghorn/browser'
import { feedbackButton } from './button.ts'
import { openFeedback } from './feedback.ts'
import type { FeedbackOptions } from './options.ts'

const whenThereIsABody = (show: () => void): void =>
  document.body ? show() : document.addEventListener('DOMContentLoaded', show, { once: true })

/** The button for as long as the SDK runs. */
const button =
  (options?: FeedbackOptions): Source =>
  () => {
    let isStopped = false
    let remove = (): void => {
      isStopped = true
    }
    whenThereIsABody(() => {
      if (!isStopped) remove = feedbackButton(options)
    })
    return () => remove()
  }

export { button, openFeedback }
