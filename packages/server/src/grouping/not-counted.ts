import type { ResolvedFrame } from '@foghorn/symbolicate'
import type { GroupingKey, SymbolicatedEvent } from '../event.ts'

const frames = (count: number): string => (count === 1 ? '1 frame' : `${count} frames`)

const countedFrames = (all: readonly ResolvedFrame[]): { unresolved: number; foreign: number; original: number } => {
  const unresolved = all.filter((frame) => frame.resolution.status === 'unresolved').length
  const original = all.filter((frame) => frame.inApp && frame.resolution.status === 'resolved').length
  return { unresolved, original, foreign: all.length - unresolved - original }
}

/** What of an event did not count for its first key, and why, for people. */
export const notCounted = (event: SymbolicatedEvent, { variant }: GroupingKey): string[] => {
  const { unresolved, foreign, original } = countedFrames(event.stacks.flat())
  if (variant === 'custom') return original + unresolved > 0 ? ['the stack: the fingerprint decides'] : []
  return [
    ...(variant === 'frames'
      ? ['the message: original frames decide', 'lines and columns: they move with every edit']
      : []),
    ...(unresolved > 0
      ? [`${frames(unresolved)} without original position: minified names change with every build`]
      : []),
    ...(foreign > 0 ? [`${frames(foreign)} of libraries: they are not your code`] : []),
  ]
}
