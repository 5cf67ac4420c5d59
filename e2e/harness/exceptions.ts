import type { EventJson, ExceptionValueJson, FrameJson } from '@foghorn/server'

export const exceptionsOf = (event: EventJson): ExceptionValueJson[] =>
  event.entries.flatMap((entry) => (entry.type === 'exception' ? entry.data.values : []))

/** The API gives the oldest call first; people read a stack from where it broke. */
export const innermostFirst = (stack: { frames: FrameJson[] } | null | undefined): FrameJson[] =>
  (stack?.frames ?? []).toReversed()
