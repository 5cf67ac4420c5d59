import type { ClientEvent, StackFrame } from '@foghorn/protocol'
import { currentClient } from './api.ts'
import { diagnose } from './enrich/diagnose.ts'
import type { DropReason } from './filter/drop-reason.ts'
import { rejectedBy } from './filter/rules.ts'

export type { ClientEvent, StackFrame } from '@foghorn/protocol'

/** What would become of an error. */
export interface Explanation {
  /** The frames as they were read, oldest call first. */
  frames: StackFrame[]
  /** The rule that would drop it if nothing caught it. */
  droppedBy: DropReason | undefined
  /** What would be sent, before `beforeSend`. */
  event: ClientEvent
  bytes: number
}

/** For the console of a developer: what would be sent for this error, and whether. Nothing is sent. */
export const explain = (error: unknown): Explanation | undefined => {
  const client = currentClient()
  if (!client) return undefined
  const event = diagnose(client.build({ value: error, by: 'onerror' }))
  const frames = event.exception?.values.at(-1)?.stacktrace?.frames ?? []
  return { frames, droppedBy: rejectedBy(event, client.options), event, bytes: JSON.stringify(event).length }
}
