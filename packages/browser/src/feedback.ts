import { currentClient, lastEventId } from './api.ts'
import { maskSecrets } from './enrich/mask.ts'
import { guard } from './guard.ts'

/** What a visitor tells. */
export interface Feedback {
  message: string
  name?: string
  email?: string
  /** ID of the event that it is about; the last one when absent. */
  associatedEventId?: string
  /** What it was written with, such as `widget`. */
  source?: string
}

/** Sends what a visitor tells, buffered like an event. Gives its ID, empty when nothing was sent. */
export const captureFeedback = ({ message, name, email, associatedEventId, source }: Feedback): string =>
  guard(() => {
    const client = currentClient()
    if (!client) return
    const url = maskSecrets(location.href)
    const associated_event_id = associatedEventId ?? lastEventId()
    const feedback = { message, name, contact_email: email, url, associated_event_id, source }
    const event = client.build({ event: { level: 'info' } })
    const id = event.event_id
    client.send({
      type: 'feedback',
      id,
      payload: { ...event, type: 'feedback', contexts: { ...event.contexts, feedback } },
    })
    return id
  })() ?? ''

/** What older guides of Sentry's SDK send: the same as `captureFeedback`. */
export interface UserFeedback {
  event_id: string
  comments: string
  name?: string
  email?: string
}

/** `captureFeedback` under the name and with the fields that older code uses. */
export const captureUserFeedback = ({ event_id, comments, ...person }: UserFeedback): string =>
  captureFeedback({ ...person, message: comments, associatedEventId: event_id })
