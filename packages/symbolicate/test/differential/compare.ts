import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { decode, encode } from '@jridgewell/sourcemap-codec'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import {
  bufferReader,
  buildIndex,
  openIndex,
  parseStackText,
  resolveFrames,
  type MapIndex,
  type RawFrame,
  type ResolvedFrame,
} from '@foghorn/symbolicate'

/** What `globalThis.runCases` of the program gives. */
export interface CaseResult {
  name: string
  stack: string | undefined
  cause?: string | undefined
}

/** A frame in words that can be compared: base name of the file, 1-based line and column. */
export interface Place {
  file: string
  line: number
  column: number
  name: string
}

export interface Difference {
  case: string
  expected: string
  actual: string
}

export interface Comparison {
  /** Name of the pipeline. */
  build: string
  frames: number
  /** Frames of the program as written that the minifier merged into their callers. */
  inlined: Difference[]
  /** Frames at another line, or that the program as written does not have. */
  lines: Difference[]
  columns: Difference[]
  names: Difference[]
}

export const APP_FILES = [
  'main.js',
  'fail.js',
  'functions.js',
  'classes.ts',
  'objects.js',
  'asynchronous.js',
  'components.jsx',
  'lazy.js',
]

const show = ({ file, line, column, name }: Place): string => `${name || '<anonymous>'} ${file}:${line}:${column}`

/** The frames of the program as the engine printed them when it ran unminified. */
export const expectedFrames = (stack: string, transformed: ReadonlyMap<string, TraceMap>): Place[] => {
  const frames = parseStackText(stack)[0]?.frames ?? []
  return frames.flatMap((frame) => {
    const file = basename(new URL(frame.filename ?? '', 'http://none').pathname)
    if (!APP_FILES.includes(file) || !frame.filename?.includes('/source/')) return []
    return [{ file, ...originalPlace(frame, transformed.get(file)), name: frame.function ?? '' }]
  })
}

const originalPlace = (frame: RawFrame, map: TraceMap | undefined): { line: number; column: number } => {
  const line = frame.lineno ?? 0
  const column = frame.colno ?? 0
  if (!map) return { line, column }
  const found = originalPositionFor(map, { line, column: column - 1 })
  return { line: found.line ?? 0, column: (found.column ?? -1) + 1 }
}

export interface MapVariant {
  /** Whether the build of the index gets the script too. */
  script?: boolean
  /** Whether the maps have lost their `names`. */
  stripNames?: boolean
}

/** Opens the maps of a built folder. */
export const openMaps = async (
  folder: string,
  files: readonly string[],
  variant: MapVariant,
): Promise<ReadonlyMap<string, MapIndex>> => {
  const opened = new Map<string, MapIndex>()
  for (const file of files) {
    const path = join(folder, `${file}.map`)
    if (!existsSync(path)) continue
    const map = readFileSync(path, 'utf8')
    const script = variant.script === true ? readFileSync(join(folder, file)) : undefined
    const built = await buildIndex(variant.stripNames === true ? withoutNames(map) : map, { script })
    if (!built.ok) throw new Error(`${path}: ${built.reason}`)
    opened.set(file, openIndex(bufferReader(built.index))!)
  }
  return opened
}

const withoutNames = (map: string): string => {
  const parsed = JSON.parse(map) as { mappings: string }
  const mappings = decode(parsed.mappings).map((line) => line.map((segment) => segment.slice(0, 4) as typeof segment))
  return JSON.stringify({ ...parsed, mappings: encode(mappings), names: [] })
}

/** Frames of the program in a minified stack, symbolicated. */
export const actualFrames = (stack: string, maps: ReadonlyMap<string, MapIndex>): ResolvedFrame[] => {
  const parsed = parseStackText(stack)[0]
  if (!parsed) return []
  const find = (frame: RawFrame): MapIndex | { reason: 'no-artifact' } =>
    maps.get(basename(new URL(frame.filename ?? '', 'http://none').pathname)) ?? { reason: 'no-artifact' }
  return resolveFrames(parsed.frames, find, { engine: parsed.engine }).filter(
    (frame) => frame.resolution.status === 'resolved' && APP_FILES.includes(basename(frame.filename ?? '')),
  )
}

const placeOf = (frame: ResolvedFrame): Place => ({
  file: basename(frame.filename ?? ''),
  line: frame.lineno ?? 0,
  column: frame.colno ?? 0,
  name: frame.function ?? '',
})

export const emptyComparison = (build: string): Comparison => ({
  build,
  frames: 0,
  inlined: [],
  lines: [],
  columns: [],
  names: [],
})

/** Compares a stack with the expected one frame by frame; both top first. */
export const compareStacks = (
  name: string,
  expected: readonly Place[],
  actual: readonly ResolvedFrame[],
  into: Comparison,
): void => {
  let at = 0
  for (const frame of actual.map(placeOf)) {
    const match = expected.findIndex((place, i) => i >= at && place.file === frame.file && place.line === frame.line)
    into.frames++
    if (match < 0) {
      into.lines.push({
        case: name,
        expected: at < expected.length ? show(expected[at]!) : 'no frame',
        actual: show(frame),
      })
      continue
    }
    for (const skipped of expected.slice(at, match))
      into.inlined.push({ case: name, expected: show(skipped), actual: 'merged into its caller' })
    at = match + 1
    const place = expected[match]!
    if (place.column !== frame.column) into.columns.push({ case: name, expected: show(place), actual: show(frame) })
    if (place.name !== frame.name) into.names.push({ case: name, expected: show(place), actual: show(frame) })
  }
  for (const skipped of expected.slice(at))
    into.inlined.push({ case: name, expected: show(skipped), actual: 'merged into its caller' })
}
