import type { ExceptionValueJson, FrameJson } from '@foghorn/server'

/** How an exception came to be part of the event. */
export type Relation = 'thrown' | 'cause' | 'member'

export interface StackedException {
  /** Position in the event's list, which is also a stable key. */
  position: number
  relation: Relation
  exception: ExceptionValueJson
}

/** The exception that was thrown first, then what caused it and what it is made of. An event lists them the other way round. */
export const thrownFirst = (values: readonly ExceptionValueJson[]): StackedException[] =>
  values
    .map((exception, position) => ({ position, exception, relation: relationOf(exception, position, values) }))
    .toReversed()

const relationOf = (
  { mechanism }: ExceptionValueJson,
  position: number,
  values: readonly ExceptionValueJson[],
): Relation => {
  if (position === values.length - 1) return 'thrown'
  // Members of an AggregateError name the place they were found in, such as `errors[0]`.
  return /^errors\b/.test(mechanism?.source ?? '') ? 'member' : 'cause'
}

/** A run of frames of a stack: one that is shown, or several of libraries that are folded away. */
export type FrameRun = { kind: 'frame'; frame: FrameJson } | { kind: 'folded'; frames: FrameJson[] }

/**
 * The frames with the crash on top, those of libraries folded. The crash frame itself is always shown, and a stack
 * without a frame of the app is shown whole.
 */
export const foldFrames = (oldestFirst: readonly FrameJson[]): FrameRun[] => {
  const frames = oldestFirst.toReversed()
  if (!frames.some((frame) => frame.inApp)) return frames.map((frame) => ({ kind: 'frame', frame }))
  const runs: FrameRun[] = []
  for (const [position, frame] of frames.entries()) {
    const last = runs.at(-1)
    if (frame.inApp || position === 0) runs.push({ kind: 'frame', frame })
    else if (last?.kind === 'folded') last.frames.push(frame)
    else runs.push({ kind: 'folded', frames: [frame] })
  }
  return runs
}

/** The frame that is open from the start: the app's latest one, else the latest. */
export const firstOpenFrame = (oldestFirst: readonly FrameJson[]): FrameJson | undefined =>
  oldestFirst.findLast((frame) => frame.inApp) ?? oldestFirst.at(-1)

/** `src/cart.ts:12:7`, as editors and terminals understand it. */
export const placeOf = ({ filename, absPath, lineNo, colNo }: FrameJson): string =>
  [filename ?? absPath ?? 'unknown file', lineNo, colNo].filter((part) => part !== null).join(':')

// Clients write `?` where the browser names no function.
const nameOf = (frame: FrameJson): string | null => (frame.function === '?' ? null : frame.function || null)

export const functionOf = (frame: FrameJson): string => nameOf(frame) ?? 'anonymous function'

export const headingOf = ({ type, value }: ExceptionValueJson): string =>
  [type, value].filter(Boolean).join(': ') || 'Unnamed error'

/** The stacks as text, in the form that V8 prints them. */
export const stackText = (exceptions: readonly StackedException[]): string =>
  exceptions.map(({ exception, relation }) => `${PREFIXES[relation]}${textOf(exception)}`).join('\n')

const PREFIXES = { thrown: '', cause: 'Caused by: ', member: 'Contains: ' } as const satisfies Record<Relation, string>

const textOf = (exception: ExceptionValueJson): string =>
  [headingOf(exception), ...(exception.stacktrace?.frames ?? []).toReversed().map(frameText)].join('\n')

export const frameText = (frame: FrameJson): string =>
  nameOf(frame) ? `    at ${nameOf(frame)} (${placeOf(frame)})` : `    at ${placeOf(frame)}`
