import { createHash } from 'node:crypto'
import type { BuildOptions } from './build-index.ts'
import type { IndexWriter } from './format/index-writer.ts'
import type { BlobRef } from './format/layout.ts'
import { encodeSource, type SourceRecord, type TextChunk } from './format/source-record.ts'
import { writeText } from './format/source-text.ts'
import { parseJson, type Range } from './map/json-members.ts'
import type { ParsedMap } from './map/read-map.ts'
import { projectPaths } from './map/source-paths.ts'
import type { Warnings } from './map/warnings.ts'
import { encodeScopes, SCOPE_TABLE_VERSION } from './scopes/scope-table.ts'
import { StoredScopes } from './scopes/stored-scopes.ts'
import { sourceScopes } from './scopes/source-scopes.ts'

/** Keeps scope tables by key; a key names the text, its language and the version of the algorithm. */
export interface ScopeStore {
  get(key: string): Uint8Array | undefined | Promise<Uint8Array | undefined>
  put(key: string, table: Uint8Array): void | Promise<void>
}

/** One source of a map, as its report lists it. */
export interface SourceSummary {
  source: string | null
  path: string | null
  /** On the map's ignore list. */
  ignored: boolean
  /** SHA-256 of its text, hex; undefined when the map does not hold the text. */
  hash: string | undefined
}

interface Writing {
  json: Buffer
  writer: IndexWriter
  options: BuildOptions
  /** What was written for a text already, by hash and language: sections repeat their sources. */
  texts: Map<string, WrittenText>
  functions: number
  unparsed: string[]
}

type WrittenText = Pick<SourceRecord, 'hash' | 'lines' | 'scopes'> & { chunks: TextChunk[] }

const NO_TEXT: WrittenText = { hash: undefined, lines: 0, chunks: [], scopes: undefined }

/** Writes the record, the text and the functions of every source; one text is in memory at a time. */
export const writeSources = async (
  parsed: ParsedMap,
  json: Buffer,
  writer: IndexWriter,
  context: { options: BuildOptions; warnings: Warnings },
): Promise<{ sources: SourceSummary[]; functions: number }> => {
  const writing: Writing = { json, writer, options: context.options, texts: new Map(), functions: 0, unparsed: [] }
  const paths = projectPaths(parsed.parts.flatMap((part) => part.sources))
  const sources: SourceSummary[] = []
  let missing = 0
  for (const part of parsed.parts) {
    for (const [i, source] of part.sources.entries()) {
      const path = paths[sources.length] ?? null
      const text = await writtenText(writing, part.contents[i], path ?? '')
      if (text.hash === undefined) missing++
      const summary = { source, path, ignored: part.ignored.has(i), hash: text.hash }
      sources.push(summary)
      writer.source(encodeSource({ ...summary, ...text }))
    }
  }
  context.warnings.add('no-contents', missing)
  context.warnings.add('unparsed-sources', writing.unparsed.length, writing.unparsed.slice(0, 5).join(', '))
  return { sources, functions: writing.functions }
}

const writtenText = async (writing: Writing, range: Range | undefined, path: string): Promise<WrittenText> => {
  const text = range && parseJson(writing.json, range)
  if (typeof text !== 'string') return NO_TEXT
  const hash = createHash('sha256').update(text).digest('hex')
  const key = `${hash}.${extensionOf(path)}.${SCOPE_TABLE_VERSION}`
  const known = writing.texts.get(key)
  if (known) return known
  const { chunks, lines } = writeText(text, (bytes) => writing.writer.blob(bytes))
  const written = { hash, lines, chunks, scopes: await scopeTable(writing, { key, text, path }) }
  writing.texts.set(key, written)
  return written
}

const extensionOf = (path: string): string => /\.(\w{1,8})$/.exec(path)?.[1]?.toLowerCase() ?? ''

const scopeTable = async (
  writing: Writing,
  source: { key: string; text: string; path: string },
): Promise<BlobRef | undefined> => {
  if (writing.options.functionNames === false) return undefined
  const known = await writing.options.scopes?.get(source.key)
  const kept = known && StoredScopes.decode(known)
  if (known && kept) {
    writing.functions += kept.count
    return writing.writer.blob(known)
  }
  const found = sourceScopes(source.text, source.path)
  if (!found) {
    writing.unparsed.push(source.path)
    return undefined
  }
  writing.functions += found.scopes.length
  const table = encodeScopes(found)
  await writing.options.scopes?.put(source.key, table)
  return writing.writer.blob(table)
}
