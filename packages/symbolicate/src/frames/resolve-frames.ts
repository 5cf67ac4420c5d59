import { isExtensionUrl, isNative, isProjectUrl, type InAppRule } from '../in-app.ts'
import { canonicalName, printedName, type StackNames } from '../names/function-name.ts'
import { detectEngine, type Engine } from '../names/engine.ts'
import { parseRawName } from '../names/raw-name.ts'
import type { Lookup, MapIndex, ResolvedLookup, UnresolvedLookup } from '../open-index.ts'
import { adviceFor, type UnresolvedReason } from '../resolution.ts'
import type { RawFrame, ResolvedFrame, ResolvedResolution } from './frame.ts'

/** Gives the opened index of the script that a frame names, or why there is none. */
export type FindIndex = (frame: RawFrame) => MapIndex | { reason: UnresolvedReason; detail?: string | undefined }

export interface ResolveOptions {
  /** The engine that printed the stack; recognised from the function names when absent. */
  engine?: Engine | undefined
  /** The project's own rule for in-app frames; it sees the original path, or the URL of an unresolved frame. */
  inApp?: InAppRule | undefined
}

type Found = Lookup & { detail?: string | undefined }

/**
 * Resolves the frames of one stack, in the order given. Pure: the same frames and indexes give the same result, so that a
 * stored stack can be resolved again when a map arrives late.
 */
export const resolveFrames = (
  frames: readonly RawFrame[],
  find: FindIndex,
  options: ResolveOptions = {},
): ResolvedFrame[] => {
  const engine = options.engine ?? detectEngine(frames)
  const found = frames.map((frame) => look(frame, find, engine))
  const stack = namesOfStack(frames, found, engine)
  return frames.map((frame, i) => {
    const lookup = found[i]!
    return lookup.status === 'resolved' ? original(frame, lookup, stack, options) : raw(frame, lookup, options)
  })
}

const look = (frame: RawFrame, find: FindIndex, engine: Engine | undefined): Found => {
  const reason = reasonBefore(frame)
  if (reason) return { status: 'unresolved', reason }
  const index = find(frame)
  if ('reason' in index) return { status: 'unresolved', ...index }
  const awaits = engine === 'v8' && /^async( |$)/.test(frame.function ?? '')
  return index.lookup({ line: frame.lineno!, column: frame.colno, engine, awaits })
}

/** What the frame itself says against looking it up. */
const reasonBefore = (frame: RawFrame): UnresolvedReason | undefined => {
  if (isNative(frame.filename)) return 'native'
  if (frame.filename !== undefined && isExtensionUrl(frame.filename)) return 'extension'
  if (/^Promise\.(all|allSettled|any) \(index \d+\)$/.test(parseRawName(frame.function).name ?? '')) return 'native'
  if (frame.filename === undefined || frame.filename === '') return frame.function === undefined ? 'no-line' : 'native'
  if (frame.lineno === undefined || !Number.isInteger(frame.lineno) || frame.lineno < 1) return 'no-line'
  return undefined
}

const namesOfStack = (frames: readonly RawFrame[], found: readonly Found[], engine: Engine | undefined): StackNames => {
  const classes = new Map<string, string>()
  for (const [i, lookup] of found.entries()) {
    if (lookup.status !== 'resolved' || lookup.scope?.kind !== 'constructor' || lookup.scope.name === '') continue
    const { constructs, name } = parseRawName(frames[i]!.function)
    if (constructs && name !== undefined) classes.set(name, lookup.scope.name)
  }
  return { engine, classOf: (type) => classes.get(type) }
}

const original = (
  frame: RawFrame,
  lookup: ResolvedLookup,
  stack: StackNames,
  options: ResolveOptions,
): ResolvedFrame => {
  const known = lookup.namedBy !== 'none'
  const name = known ? printedName(frame.function, lookup.scope, stack) : frame.function
  return {
    filename: lookup.path,
    absPath: lookup.source,
    ...defined('function', name),
    lineno: lookup.line,
    colno: lookup.column,
    ...(lookup.contextLine === undefined
      ? {}
      : { contextLine: lookup.contextLine, preContext: lookup.preContext, postContext: lookup.postContext }),
    inApp: options.inApp?.(lookup.path) ?? lookup.inApp,
    resolution: record(lookup, known || name === undefined ? lookup.namedBy : 'browser'),
  }
}

const record = (lookup: ResolvedLookup, namedBy: ResolvedLookup['namedBy']): ResolvedResolution => {
  const { scope } = lookup
  return {
    status: 'resolved',
    namedBy,
    ...defined('name', scope && canonicalName(scope)),
    ...defined('kind', scope?.kind),
    ...defined('className', scope?.className || undefined),
    ...defined('within', lookup.within),
    ...defined('role', scope?.role || undefined),
    source: lookup.source,
    ...(lookup.missing === undefined ? {} : { missing: lookup.missing, advice: adviceFor(lookup.missing) }),
    ...(lookup.approximate ? { approximate: true } : {}),
  }
}

const NEVER_IN_APP = new Set<UnresolvedReason>(['native', 'extension', 'unmapped-segment'])

const raw = (
  frame: RawFrame,
  lookup: UnresolvedLookup & { detail?: string | undefined },
  options: ResolveOptions,
): ResolvedFrame => {
  const { reason, detail } = lookup
  const url = frame.filename ?? ''
  const inApp = !NEVER_IN_APP.has(reason) && (frame.inApp ?? isProjectUrl(url))
  return {
    ...defined('filename', frame.filename),
    ...defined('function', frame.function),
    ...defined('lineno', frame.lineno),
    ...defined('colno', frame.colno),
    inApp: options.inApp?.(url) ?? inApp,
    resolution: { status: 'unresolved', reason, advice: adviceFor(reason), ...defined('detail', detail) },
  }
}

const defined = <K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: T }
