import { createHash } from 'node:crypto'
import { ByteWriter } from './format/byte-writer.ts'
import { IndexWriter, type ScriptBlobs } from './format/index-writer.ts'
import { isFault, parseJson, type Fault } from './map/json-members.ts'
import { decodeMappings, noDefects, type MappingDefects } from './map/decode-mappings.ts'
import { MappingCollector } from './map/mapping-collector.ts'
import { mapText } from './map/map-text.ts'
import { DEFAULT_LIMITS, readMap, type MapLimits, type ParsedMap } from './map/read-map.ts'
import { strictComplaint } from './map/strict-check.ts'
import { Warnings, type MapWarning } from './map/warnings.ts'
import { classNames } from './scopes/class-names.ts'
import { scriptScopes } from './scopes/script-scopes.ts'
import { encodeScopes } from './scopes/scope-table.ts'
import { writeSources, type ScopeStore, type SourceSummary } from './write-sources.ts'

export interface BuildOptions {
  /** Keeps tables of functions by content hash, so that the next release reuses those of files that did not change. */
  scopes?: ScopeStore | undefined
  /** The generated script. Names functions of sources whose text is missing, and subclasses before inherited methods; not needed otherwise. */
  script?: Uint8Array | string | undefined
  /** Limits that differ from the defaults. */
  limits?: Partial<MapLimits> | undefined
  /** True asks a strict reader as well and reports what it says; takes several times the memory. Default false. */
  strict?: boolean | undefined
  /** False leaves function names out and makes the build several times faster. Default true. */
  functionNames?: boolean | undefined
}

/** What a map holds and what is wrong with it. */
export interface MapReport {
  debugId: string | undefined
  file: string | undefined
  sources: SourceSummary[]
  counts: { mappings: number; kept: number; lines: number; names: number; sources: number; functions: number }
  warnings: MapWarning[]
  /** SHA-256 of the bytes that were given, hex. */
  hash: string
}

export type BuildResult = { ok: true; index: Uint8Array; report: MapReport } | { ok: false; reason: string }

/**
 * Parses a source map once and makes the index that every lookup reads. Takes the JSON with or without BOM and anti-XSSI
 * line, or a `data:` URL. A map that cannot be read gives a sentence that says what is wrong and where, never an exception.
 */
export const buildIndex = async (map: Uint8Array | string, options: BuildOptions = {}): Promise<BuildResult> => {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  if (map.length > limits.bytes) return { ok: false, reason: `The map is larger than ${limits.bytes} bytes.` }
  const json = mapText(map)
  const warnings = new Warnings()
  const parsed = readMap(json, limits, warnings)
  if (isFault(parsed)) return { ok: false, reason: describe(parsed, json) }
  const complaint = options.strict === true ? await strictComplaint(json.toString('utf8')) : undefined
  if (complaint !== undefined) warnings.add('strict', 1, complaint)
  const writer = new IndexWriter()
  const collector = collectMappings(parsed, writer, limits, warnings)
  if (collector.tooMany) return { ok: false, reason: `The map has more than ${limits.mappings} mappings.` }
  writer.names(parsed.parts.flatMap((part) => part.names))
  const written = await writeSources(parsed, json, writer, { options, warnings })
  const script = writeScript(parsed, json, writer, { options, warnings })
  const hash = createHash('sha256')
    .update(typeof map === 'string' ? Buffer.from(map) : map)
    .digest()
  const counts = {
    mappings: collector.seen,
    kept: collector.kept,
    lines: collector.lines,
    names: parsed.parts.reduce((sum, part) => sum + part.names.length, 0),
    sources: written.sources.length,
    functions: written.functions,
  }
  const index = writer.finish({ ...counts, mappings: collector.kept }, hash, script)
  const report = {
    debugId: parsed.debugId,
    file: parsed.file,
    sources: written.sources,
    counts,
    warnings: warnings.list(),
    hash: hash.toString('hex'),
  }
  return { ok: true, index, report }
}

const collectMappings = (
  parsed: ParsedMap,
  writer: IndexWriter,
  limits: MapLimits,
  warnings: Warnings,
): MappingCollector => {
  const collector = new MappingCollector((mappings, count) => writer.block(mappings, count), limits.mappings)
  const base = { source: 0, name: 0 }
  const total = noDefects()
  for (const part of parsed.parts) {
    collector.beginPart(part, { ...base })
    const defects = decodeMappings(part.mappings, { sources: part.sources.length, names: part.names.length }, collector)
    for (const key in defects) total[key as keyof MappingDefects] += defects[key as keyof MappingDefects]
    base.source += part.sources.length
    base.name += part.names.length
  }
  collector.finish()
  warnings.add('bad-segments', total.badSegments)
  warnings.add('negative-columns', total.negativeColumns)
  warnings.add('source-range', total.sourcesOutOfRange)
  warnings.add('name-range', total.namesOutOfRange)
  warnings.add('original-range', total.originalsOutOfRange)
  warnings.add('unsorted', collector.unsortedLines)
  return collector
}

/** Needs the texts of the sources again, and only those that declare classes. */
const writeScript = (parsed: ParsedMap, json: Buffer, writer: IndexWriter, context: BuildContext): ScriptBlobs => {
  const { options, warnings } = context
  if (options.script === undefined || options.functionNames === false) return {}
  const script = Buffer.from(options.script as Uint8Array).toString('utf8')
  const contents = parsed.parts.flatMap((part) => part.sources.map((_, i) => part.contents[i]))
  const lines = new Map<number, string[]>()
  const lineOf = (source: number, line: number): string | undefined => {
    const range = contents[source]
    if (range && !lines.has(source)) lines.set(source, String(parseJson(json, range)).split(/\r\n|\n|\r/))
    return lines.get(source)?.[line]
  }
  const pairs = new ByteWriter()
  for (const pair of classNames(script, parsed, lineOf)) for (const name of pair) pairs.string(name)
  const blobs: ScriptBlobs = { classNames: writer.blob(pairs.view()) }
  // Only sources without a text need names from the script itself.
  if (contents.every((range) => range !== undefined)) return blobs
  const scopes = scriptScopes(script, parsed)
  if (!scopes) warnings.add('script-unparsed')
  return { ...blobs, scopes: scopes && writer.blob(encodeScopes(scopes)) }
}

interface BuildContext {
  options: BuildOptions
  warnings: Warnings
}

const describe = ({ fault, at }: Fault, json: Buffer): string => {
  if (json.length === 0) return 'The map is empty.'
  if (json.toString('latin1', 0, 64).trimStart().startsWith('<')) {
    return 'This is an HTML page, not a source map; the server probably answers missing files with a page.'
  }
  const section =
    fault.startsWith('more than') || fault.startsWith('sections are') ? 'The map has' : 'The source map is not valid:'
  return `${section} ${fault} (byte ${at}).`
}
