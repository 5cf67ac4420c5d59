import type { Endpoint } from './dsn.ts'

/** One thing to send: an event, a session, a report. */
export interface Item {
  type: string
  /** ID of the event that the item is, if it is one: the service takes each ID once. */
  id?: string
  payload: object
  /** Further items of the same envelope, framed, such as the file that goes with a feedback. */
  rest?: Blob
}

/** An item as it stands in an envelope: two lines of JSON. */
export const itemLines = (type: string, payload: object): string => `{"type":"${type}"}\n${JSON.stringify(payload)}`

/** An envelope, stamped with the time of this attempt, by which the service corrects wrong clocks. */
export const envelopeOf = ({ dsn }: Endpoint, event_id: string | undefined, lines: string): string =>
  `${JSON.stringify({ event_id, sent_at: new Date().toISOString(), dsn })}\n${lines}`
