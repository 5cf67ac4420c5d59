import type { Texts } from './texts/texts.ts'

/** How the form is opened. */
export interface FeedbackOptions {
  /** Language, such as `de`; that of the page when absent. English, German, French, Spanish, Portuguese, Japanese and Chinese are there. */
  lang?: string
  /** Replaces single texts, or all for another language. */
  texts?: Partial<Texts>
  /** `system` when absent. */
  theme?: 'light' | 'dark' | 'system'
  /** Filled in already; the SDK's user when absent. */
  user?: { name?: string; email?: string }
  /** Fields that must not stay empty, besides the message. */
  required?: readonly ('name' | 'email')[]
  /** The event that it is about: the last one when absent, none when null. */
  eventId?: string | null
  /** Whether a picture can be added. True when absent. */
  picture?: boolean
}

/** How the form was left: `saved` waits in the browser until it can be sent. */
export type FeedbackOutcome = 'sent' | 'saved' | 'closed'
