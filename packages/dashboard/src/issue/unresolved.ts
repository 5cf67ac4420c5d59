import type { ExceptionValueJson, FrameJson } from '@foghorn/server'

export interface UnresolvedReason {
  reason: string
  advice: string
  frames: number
}

export interface ResolutionSummary {
  frames: number
  unresolved: number
  /** Why frames kept their minified place, the most frequent reason first. */
  reasons: UnresolvedReason[]
}

/** Native frames have no source to be found; saying so would only be noise. */
const isExpected = ({ resolution }: FrameJson): boolean => resolution.reason === 'native'

/** Tells how much of an event's stacks could be resolved. */
export const summariseResolution = (values: readonly ExceptionValueJson[]): ResolutionSummary => {
  const frames = values.flatMap((value) => value.stacktrace?.frames ?? [])
  const unresolved = frames.filter((frame) => frame.resolution.status === 'unresolved' && !isExpected(frame))
  const reasons = new Map<string, UnresolvedReason>()
  for (const { resolution } of unresolved) {
    const { reason = 'unknown', advice = '' } = resolution
    const known = reasons.get(reason)
    if (known) known.frames += 1
    else reasons.set(reason, { reason, advice, frames: 1 })
  }
  return {
    frames: frames.length,
    unresolved: unresolved.length,
    reasons: [...reasons.values()].sort((one, other) => other.frames - one.frames),
  }
}
