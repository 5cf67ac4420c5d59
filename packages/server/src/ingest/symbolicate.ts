import {
  detectEngine,
  parseComponentStack,
  resolveFrames,
  type FindIndex,
  type MapIndex,
  type RawFrame,
  type ResolvedFrame,
  type UnresolvedReason,
} from '@foghorn/symbolicate'
import type { DebugImage, ExceptionValue, StackFrame } from '@foghorn/protocol'
import type { ScrubbedEvent, SymbolicatedEvent } from '../event.ts'
import { engineOf } from './engine.ts'
import { rememberStacks } from './remember-stacks.ts'

export type MapAnswer =
  /** The map's ID tells which upload was good for something. */
  { index: MapIndex; by: string; mapId: number } | { reason: UnresolvedReason; detail?: string }

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

/** A stack of components has the form of a stack; the places in React's are places in the same scripts. */
const componentsOf = ({ payload: { contexts } }: ScrubbedEvent): RawFrame[] => {
  const framework = (contexts?.['react'] ?? contexts?.['vue']) as { componentStack?: unknown } | undefined
  return typeof framework?.componentStack === 'string' ? parseComponentStack(framework.componentStack) : []
}

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

const resolveStack = rememberStacks((stack, answers, engine) => {
  const answerFor = (frame: RawFrame): MapAnswer => answers.get(frame.filename ?? '') ?? { reason: 'no-artifact' }
  const find: FindIndex = (frame) => {
    const answer = answerFor(frame)
    return 'index' in answer ? answer.index : answer
  }
  // A phone that Chromium only plays (device emulation) still prints V8's stacks; Firefox's look like V8's here and there.
  const printedBy = engine === 'gecko' ? engine : (detectEngine(stack) ?? engine)
  const resolved = resolveFrames(stack, find, { engine: printedBy })
  return resolved.map((frame, index) => noteKey(frame, answerFor(stack[index]!)))
})

/** Which maps led at least one frame to its source. */
const usedMaps = (
  stacks: readonly (readonly RawFrame[])[],
  resolved: readonly (readonly ResolvedFrame[])[],
  answers: ReadonlyMap<string, MapAnswer>,
): number[] => {
  const used = new Set<number>()
  for (const [number, stack] of stacks.entries())
    for (const [position, frame] of stack.entries()) {
      const answer = answers.get(frame.filename ?? '')
      if (answer && 'index' in answer && resolved[number]?.[position]?.resolution.status === 'resolved')
        used.add(answer.mapId)
    }
  return [...used]
}

/** Turns minified frames into original ones. A missing map is a result on the frame, never a failure of the event. */
export const symbolicate = async (event: ScrubbedEvent, find: FindMap): Promise<SymbolicatedEvent> => {
  const stacks = event.payload.exception.map(framesOf)
  const components = componentsOf(event)
  const answers = await findMaps(queryOf(event), [...stacks.flat(), ...components], find)
  const engine = engineOf(event.payload)
  const resolvedStacks = stacks.map((stack) => resolveStack(stack, answers, engine))
  const resolved = { ...event, stacks: resolvedStacks, usedMaps: usedMaps(stacks, resolvedStacks, answers) }
  return components.length === 0 ? resolved : { ...resolved, componentStack: resolveStack(components, answers, engine) }
}
