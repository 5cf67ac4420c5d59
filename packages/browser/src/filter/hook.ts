import type { ClientEvent } from '@foghorn/protocol'
import { warn } from '../dev.ts'
import { guard } from '../guard.ts'
import type { Options } from '../options.ts'

/** Lets the page's `beforeSend` see the event; `settle` gets what it answers, and nothing when it fails. */
export const askBeforeSend = (
  { beforeSend }: Options,
  event: ClientEvent,
  originalException: unknown,
  settle: (answer?: ClientEvent | null) => void,
): void => {
  let answer: ReturnType<NonNullable<Options['beforeSend']>> = event
  try {
    // Anything but a function would lose every event.
    if (beforeSend?.call) answer = beforeSend(event, { originalException })
  } catch (error) {
    warn(`beforeSend failed, so the event was dropped: ${error}. Let it return the event, or null to drop it.`)
    answer = null
  }
  if (answer && 'then' in answer)
    answer.then(
      guard(settle),
      guard(() => settle()),
    )
  else settle(answer)
}
