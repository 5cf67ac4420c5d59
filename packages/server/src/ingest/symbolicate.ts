import {
  detectEngine,
  parseComponentStack,
  resolveFrames,
  type Candidate,
  type FindIndex,
  type RawFrame,
  type ResolvedFrame,
  type UnresolvedReason,
} from '@foghorn/symbolicate'
import type { ExceptionValue, StackFrame } from '@foghorn/protocol'
import type { ScrubbedEvent, SymbolicatedEvent } from '../event.ts'
import type { FindMap, MapAnswer, MapQuery } from '../ports/find-map.ts'
import { engineOf } from './engine.ts'
import { rememberLookups } from './remember-lookups.ts'
import { rememberStacks } from './remember-stacks.ts'

/** Some thirty for each event: spread objects would cost more than all else here. */
export const toRawFrame = ({ abs_path, filename, function: name, lineno, colno, in_app }: StackFrame): RawFrame => {
  const frame: RawFrame = {}
  const script = abs_path ?? filename
  if (script !== undefined) frame.filename = script
  if (name !== undefined) frame.function = name
  if (lineno !== undefined) frame.lineno = lineno
  if (colno !== undefined) frame.colno = colno
  if (in_app !== undefined) frame.inApp = in_app
  return frame
}

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

// What a frame is says more than any upload; the rest are faults of the map itself.
const OF_POSITION = new Set<UnresolvedReason>(['line-not-mapped', 'column-before-first', 'position-outside'])

const candidatesFor = (reason: UnresolvedReason, answer: MapAnswer): readonly Candidate[] | undefined => {
  if ('reason' in answer) return answer.reason === reason ? answer.candidates : undefined
  return OF_POSITION.has(reason) ? [{ ...answer.upload, differsIn: 'position' }] : undefined
}

/** Notes on a frame which upload resolved it, or which ones came nearest. */
const noteUploads = (frame: ResolvedFrame, answer: MapAnswer): ResolvedFrame => {
  const { resolution } = frame
  if (resolution.status === 'unresolved') {
    const candidates = candidatesFor(resolution.reason, answer)
    return candidates ? { ...frame, resolution: { ...resolution, candidates } } : frame
  }
  return 'index' in answer
    ? { ...frame, resolution: { ...resolution, by: answer.by, artifact: answer.upload.script } }
    : frame
}

const remembering = rememberLookups()

const resolveStack = rememberStacks((stack, answers, engine) => {
  const answerFor = (frame: RawFrame): MapAnswer => answers.get(frame.filename ?? '') ?? { reason: 'no-artifact' }
  const find: FindIndex = (frame) => {
    const answer = answerFor(frame)
    return 'index' in answer ? remembering(answer.index) : answer
  }
  // A phone that Chromium only plays (device emulation) still prints V8's stacks; Firefox's look like V8's here and there.
  const printedBy = engine === 'gecko' ? engine : (detectEngine(stack) ?? engine)
  const resolved = resolveFrames(stack, find, { engine: printedBy })
  return resolved.map((frame, index) => noteUploads(frame, answerFor(stack[index]!)))
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
