import {
  resolveFrames,
  type MapIndex,
  type RawFrame,
  type ResolvedFrame,
  type UnresolvedReason,
} from '@foghorn/symbolicate'
import type { DebugImage, ExceptionValue, StackFrame } from '@foghorn/protocol'
import type { ScrubbedEvent, SymbolicatedEvent } from '../event.ts'

export type MapAnswer = { index: MapIndex; by: string } | { reason: UnresolvedReason; detail?: string }

/** What of an event helps to find the map of a script. */
export interface MapQuery {
  projectId: number
  release?: string
  dist?: string
  images: readonly DebugImage[]
}

export type FindMap = (query: MapQuery, frame: RawFrame) => Promise<MapAnswer>

export const toRawFrame = (frame: StackFrame): RawFrame => ({
  ...((frame.abs_path ?? frame.filename) !== undefined && { filename: frame.abs_path ?? frame.filename! }),
  ...(frame.function !== undefined && { function: frame.function }),
  ...(frame.lineno !== undefined && { lineno: frame.lineno }),
  ...(frame.colno !== undefined && { colno: frame.colno }),
  ...(frame.in_app !== undefined && { inApp: frame.in_app }),
})

const queryOf = ({ projectId, payload }: ScrubbedEvent): MapQuery => ({
  projectId,
  ...(payload.release !== undefined && { release: payload.release }),
  ...(payload.dist !== undefined && { dist: payload.dist }),
  images: payload.debug_meta?.images ?? [],
})

const framesOf = (exception: ExceptionValue): RawFrame[] => (exception.stacktrace?.frames ?? []).map(toRawFrame)

/** Asks once for each script: its frames share the map. */
const findMaps = async (
  query: MapQuery,
  frames: readonly RawFrame[],
  find: FindMap,
): Promise<Map<string, MapAnswer>> => {
  const answers = new Map<string, MapAnswer>()
  for (const frame of frames) {
    const script = frame.filename ?? ''
    if (!answers.has(script)) answers.set(script, await find(query, frame))
  }
  return answers
}

const noteKey = (frame: ResolvedFrame, answer: MapAnswer | undefined): ResolvedFrame =>
  frame.resolution.status === 'resolved' && answer && 'by' in answer
    ? { ...frame, resolution: { ...frame.resolution, by: answer.by } }
    : frame

const resolveStack = (stack: readonly RawFrame[], answers: ReadonlyMap<string, MapAnswer>): ResolvedFrame[] => {
  const answerFor = (frame: RawFrame): MapAnswer => answers.get(frame.filename ?? '') ?? { reason: 'no-artifact' }
  const resolved = resolveFrames(stack, (frame) => {
    const answer = answerFor(frame)
    return 'index' in answer ? answer.index : answer
  })
  return resolved.map((frame, index) => noteKey(frame, answerFor(stack[index]!)))
}

/** Turns minified frames into original ones. A missing map is a result on the frame, never a failure of the event. */
export const symbolicate = async (event: ScrubbedEvent, find: FindMap): Promise<SymbolicatedEvent> => {
  const stacks = event.payload.exception.map(framesOf)
  const answers = await findMaps(queryOf(event), stacks.flat(), find)
  return { ...event, stacks: stacks.map((stack) => resolveStack(stack, answers)) }
}
