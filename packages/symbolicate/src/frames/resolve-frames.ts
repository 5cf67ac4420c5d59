import { isExtensionUrl, isNative, isProjectUrl, type InAppRule } from '../in-app.ts'
import { canonicalName, printedName, type StackNames } from '../names/function-name.ts'
import { detectEngine, type Engine, type StackStyle } from '../names/engine.ts'
import { parseRawName } from '../names/raw-name.ts'
import type { Lookup, MapIndex, ResolvedLookup, UnresolvedLookup } from '../lookup.ts'
import { adviceFor, type UnresolvedReason } from '../resolution.ts'
import type { RawFrame, ResolvedFrame, ResolvedResolution } from './frame.ts'

/** Gives the opened index of the script that a frame names, or why there is none. */
export type FindIndex = (frame: RawFrame) => MapIndex | { reason: UnresolvedReason; detail?: string | undefined }

export interface ResolveOptions {
  /** The engine that printed the stack; recognised from the function names when absent. */
  engine?: StackStyle | undefined
  /** The project's own rule for in-app frames; it sees the original path, or the URL of an unresolved frame. */
  inApp?: InAppRule | undefined
}

type Found = Lookup & { detail?: string | undefined; index?: MapIndex }

/**
 * Resolves the frames of one stack, in the order given. Pure: the same frames and indexes give the same result, so that a
 * stored stack can be resolved again when a map arrives late.
 */
export const resolveFrames = (
  frames: readonly RawFrame[],
  find: FindIndex,
  options: ResolveOptions = {},
): ResolvedFrame[] => {
  const detected = detectEngine(frames, options.engine)
  const engine = detected ?? (options.engine === 'gecko-or-jsc' ? geckoOrJsc(frames, find) : undefined)
  const found = frames.map((frame) => look(frame, find, engine))
  const classes = constructedClasses(frames, found)
  return frames.map((frame, i) => {
    const lookup = found[i]!
    if (lookup.status === 'unresolved') return raw(frame, lookup, options)
    // A `new` frame of the same stack tells for sure, the script as a whole nearly so.
    const classOf = (type: string): string | undefined => classes.get(type) ?? lookup.index?.className(type)
    return original(frame, lookup, { engine, classOf }, options)
  })
}

/** Firefox gives every function inside of another a name (`outer/<`); an anonymous one there, or an accessor without "get", is Safari's. */
const geckoOrJsc = (frames: readonly RawFrame[], find: FindIndex): Engine => {
  const isSafari = frames.some((frame) => {
    const lookup = look(frame, find, 'gecko')
    const scope = lookup.status === 'resolved' ? lookup.scope : undefined
    if (!scope) return false
    if (scope.kind === 'getter' || scope.kind === 'setter') return !/^[gs]et /.test(frame.function ?? '')
    return frame.function === undefined && (scope.gecko.includes('/') || scope.hidesName)
  })
  return isSafari ? 'jsc' : 'gecko'
}

const look = (frame: RawFrame, find: FindIndex, engine: Engine | undefined): Found => {
  const reason = reasonBefore(frame)
  if (reason) return { status: 'unresolved', reason }
  const index = find(frame)
  if ('reason' in index) return { status: 'unresolved', ...index }
  const awaits = engine === 'v8' && /^async( |$)/.test(frame.function ?? '')
  return { ...index.lookup({ line: frame.lineno!, column: frame.colno, engine, awaits }), index }
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

const constructedClasses = (frames: readonly RawFrame[], found: readonly Found[]): Map<string, string> => {
  const classes = new Map<string, string>()
  for (const [i, lookup] of found.entries()) {
    if (lookup.status !== 'resolved' || lookup.scope?.kind !== 'constructor' || lookup.scope.name === '') continue
    const { constructs, name } = parseRawName(frames[i]!.function)
    if (constructs && name !== undefined) classes.set(name, lookup.scope.name)
  }
  return classes
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
