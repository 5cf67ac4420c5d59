import { createHash } from 'node:crypto'
import type { BuildOptions } from './build-options.ts'
import type { SourceSummary } from './build-result.ts'
import type { IndexWriter } from './format/index-writer.ts'
import { encodeSource, type StoredSource } from './format/source-record.ts'
import { writeText } from './format/source-text.ts'
import type { MapFunction } from './map/decode-scopes.ts'
import { parseJson, type Range } from './map/json-members.ts'
import type { ParsedMap } from './map/read-map.ts'
import { projectPaths } from './map/source-paths.ts'
import type { Warnings } from './map/warnings.ts'
import { mapScopes } from './scopes/map-scopes.ts'
import type { ScopePiece } from './scopes/scope-pieces.ts'
import {
  decodeScopes,
  encodeScopes,
  pieceScopes,
  SCOPE_TABLE_VERSION,
  type PiecedScopes,
} from './scopes/scope-table.ts'

interface Writing {
  json: Buffer
  writer: IndexWriter
  options: BuildOptions
  /** What was written for a text already, by hash and language: sections repeat their sources. */
  texts: Map<string, WrittenText>
  /** Lines of the texts so far. */
  lines: number
  functions: number
  unparsed: string[]
}

type WrittenText = Pick<StoredSource, 'firstLine' | 'lines' | 'hasSeparators'> & { hash: string | undefined }

/** Lines of all texts together; a list of functions may claim any number of them. */
const MAX_LINES = 2 ** 30

const NO_TEXT: WrittenText = { hash: undefined, firstLine: 0, lines: 0, hasSeparators: false }

/** Writes the record, the text and the functions of every source; one text is in memory at a time. */
export const writeSources = async (
  parsed: ParsedMap,
  json: Buffer,
  writer: IndexWriter,
  context: { options: BuildOptions; warnings: Warnings },
): Promise<{ sources: SourceSummary[]; lines: number; functions: number }> => {
  const start = { texts: new Map<string, WrittenText>(), lines: 0, functions: 0, unparsed: [] }
  const writing: Writing = { json, writer, options: context.options, ...start }
  const paths = projectPaths(parsed.parts.flatMap((part) => part.sources))
  const sources: SourceSummary[] = []
  let missing = 0
  for (const part of parsed.parts) {
    for (const [i, source] of part.sources.entries()) {
      const path = paths[sources.length] ?? null
      const text = await writtenText(writing, { range: part.contents[i], path: path ?? '', listed: part.functions[i] })
      if (text.hash === undefined) missing++
      const { hash, ...place } = text
      const named = { source, path, ignored: part.ignored.has(i) }
      sources.push({ ...named, hash })
      writer.sources.push(encodeSource({ ...named, hasText: hash !== undefined, ...place }))
    }
  }
  context.warnings.add('no-contents', missing)
  context.warnings.add('unparsed-sources', writing.unparsed.length, writing.unparsed.slice(0, 5).join(', '))
  return { sources, lines: writing.lines, functions: writing.functions }
}

/** Where a source's text stands in the map, and the functions that the map itself lists for it. */
interface GivenSource {
  range: Range | undefined
  path: string
  listed: readonly MapFunction[] | undefined
}

const writtenText = async (writing: Writing, { range, path, listed }: GivenSource): Promise<WrittenText> => {
  const text = range && parseJson(writing.json, range)
  if (typeof text !== 'string') return listed ? writtenList(writing, listed) : NO_TEXT
  const hash = createHash('sha256').update(text).digest('hex')
  const key = `${hash}.${extensionOf(path)}.${SCOPE_TABLE_VERSION}`
  const known = listed ? undefined : writing.texts.get(key)
  if (known) return known
  const firstLine = writing.lines
  const lines = writeText(text, firstLine, writing.writer)
  const scopes = await scopesOf(writing, { key, text, path })
  writeScopes(writing, scopes ?? (listed && pieceScopes(mapScopes(listed, lines))))
  writing.lines += lines
  const written = { hash, firstLine, lines, hasSeparators: /[\u2028\u2029]/.test(text) }
  if (!listed) writing.texts.set(key, written)
  return written
}

/** A source without text, of which the map lists the functions all the same. */
const writtenList = (writing: Writing, listed: readonly MapFunction[]): WrittenText => {
  const lines = listed.reduce((most, { endLine }) => Math.max(most, endLine), 0) + 1
  if (writing.lines + lines > MAX_LINES) return NO_TEXT
  const firstLine = writing.lines
  writeScopes(writing, pieceScopes(mapScopes(listed, lines)))
  writing.lines += lines
  return { ...NO_TEXT, firstLine, lines }
}

const writeScopes = (writing: Writing, scopes: PiecedScopes | undefined): void => {
  if (!scopes || writing.options.functionNames === false) return
  writing.functions += scopes.functions
  writePieces(writing.writer, scopes.pieces, writing.lines)
}

const extensionOf = (path: string): string => /\.(\w{1,8})$/.exec(path)?.[1]?.toLowerCase() ?? ''

/** @param firstLine - The number of the text's first line among the lines of all texts. */
export const writePieces = (writer: IndexWriter, pieces: readonly ScopePiece[], firstLine: number): void => {
  for (const { line, column, bytes } of pieces) {
    const { offset, length } = writer.page(bytes)
    writer.scopes.push(Int32Array.of(firstLine + line, column, offset, length, 0))
  }
}

const scopesOf = async (
  { options, unparsed }: Writing,
  source: { key: string; text: string; path: string },
): Promise<PiecedScopes | undefined> => {
  if (options.functionNames === false) return undefined
  const known = await options.scopes?.get(source.key)
  const kept = known && decodeScopes(known)
  if (kept) return kept
  // The parser is native code of several MB: who only resolves never loads it.
  const { sourceScopes } = await import('./scopes/source-scopes.ts')
  const found = sourceScopes(source.text, source.path)
  if (!found) {
    unparsed.push(source.path)
    return undefined
  }
  const scopes = pieceScopes(found)
  await options.scopes?.put(source.key, encodeScopes(scopes))
  return scopes
}
