import { addSource, type Emit, flush, lastEventId, stats, type Stop } from '@foghorn/browser'
import type { Told } from './form/form.ts'
import type { FeedbackOptions } from './options.ts'

// Long enough for a slow phone, short enough for somebody who waits.
const ANSWER_MS = 5000

/** The SDK's means of building and sending, for one use. */
const borrowEmit = (): Emit | undefined => {
  let emit: Emit | undefined
  const nothing: Stop = () => {}
  addSource((given) => {
    emit = given
    return nothing
  })
  return emit
}

/** The picture as a further item of the feedback's envelope. */
const frame = (picture: Blob): Blob => {
  const header = {
    type: 'attachment',
    length: picture.size,
    filename: 'screenshot.jpg',
    content_type: picture.type,
    attachment_type: 'event.attachment',
  }
  return new Blob([`\n${JSON.stringify(header)}\n`, picture])
}

const idAbout = (eventId: FeedbackOptions['eventId']): string | undefined =>
  eventId === undefined ? lastEventId() : (eventId ?? undefined)

/** How many messages the service has turned away for good. */
const countRefused = (): number => stats().dropped['send_error feedback'] ?? 0

/** Sends by the SDK, which keeps it until it has arrived: `saved` means that it has not yet. Rejects when the service does not take it. */
export const send = async (told: Told, { eventId }: FeedbackOptions): Promise<'sent' | 'saved'> => {
  const emit = borrowEmit()
  if (!emit) throw new Error('The SDK does not run: call init of @foghorn/browser first.')
  const refusedBefore = countRefused()
  const event = emit.build({ event: { level: 'info' } })
  const feedback = {
    message: told.message,
    name: told.name || undefined,
    contact_email: told.email || undefined,
    url: event.request?.url,
    associated_event_id: idAbout(eventId),
    source: 'widget',
  }
  emit.send({
    type: 'feedback',
    id: event.event_id,
    payload: { ...event, type: 'feedback', contexts: { ...event.contexts, feedback } },
    ...(told.picture && { rest: frame(told.picture) }),
  })
  const hasArrived = await flush(ANSWER_MS)
  if (countRefused() > refusedBefore)
    throw new Error('The service has refused the message. Check the DSN and the quota of the project.')
  return hasArrived ? 'sent' : 'saved'
}
