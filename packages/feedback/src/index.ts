export { feedbackButton } from './button.ts'
export { openFeedback } from './feedback.ts'
export type { FeedbackOptions, FeedbackOutcome } from './options.ts'
export type { Texts } from './texts/texts.ts'
