import { createHash } from 'node:crypto'
import { ByteWriter } from './format/byte-writer.ts'
import type { BuildOptions } from './build-options.ts'
import type { BuildResult } from './build-result.ts'
import { IndexWriter, type ScriptParts } from './format/index-writer.ts'
import { isFault, parseJson, type Fault } from './map/json-members.ts'
import { decodeMappings, noDefects, type MappingDefects } from './map/decode-mappings.ts'
import { MappingCollector } from './map/mapping-collector.ts'
import { mapText } from './map/map-text.ts'
import { DEFAULT_LIMITS, readMap, type MapLimits, type ParsedMap } from './map/read-map.ts'
import { strictComplaint } from './map/strict-check.ts'
import { Warnings } from './map/warnings.ts'
import { classNames } from './scopes/class-names.ts'
import { pieceScopes } from './scopes/scope-table.ts'
import { writePieces, writeSources } from './write-sources.ts'

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
  for (const part of parsed.parts) for (const name of part.names) writer.names.push(Buffer.from(name))
  const written = await writeSources(parsed, json, writer, { options, warnings })
  const script = await writeScript(parsed, json, writer, { options, warnings, firstLine: written.lines })
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
  const collector = new MappingCollector(writer.mappings, limits.mappings)
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
const writeScript = async (
  parsed: ParsedMap,
  json: Buffer,
  writer: IndexWriter,
  context: ScriptContext,
): Promise<ScriptParts> => {
  const { options, warnings, firstLine } = context
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
  const parts: ScriptParts = { classNames: writer.page(pairs.view()) }
  // Only sources without a text need names from the script itself.
  if (contents.every((range) => range !== undefined)) return parts
  const { scriptScopes } = await import('./scopes/script-scopes.ts')
  const scopes = scriptScopes(script, parsed)
  if (!scopes) {
    warnings.add('script-unparsed')
    return parts
  }
  writePieces(writer, pieceScopes(scopes).pieces, firstLine)
  return { ...parts, firstLine }
}

interface ScriptContext {
  options: BuildOptions
  warnings: Warnings
  /** The script's functions stand behind those of all sources. */
  firstLine: number
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
