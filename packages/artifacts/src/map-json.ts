import type { SourceMapJson } from './shift-mappings.ts'

export type MapResult = { ok: true; map: SourceMapJson } | { ok: false; reason: string }

const isObject = (value: unknown): value is SourceMapJson =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const findFault = (map: unknown): string | undefined => {
  if (!isObject(map)) return 'is not a source map: its JSON is no object'
  if (map['version'] !== 3)
    return `has version ${JSON.stringify(map['version'])?.slice(0, 20)}, where source maps have 3`
  if (Array.isArray(map.sections)) return undefined
  if (map.sections !== undefined) return 'has "sections" that are no list'
  if (typeof map.mappings !== 'string') return 'has no "mappings" text'
  if (!Array.isArray(map['sources'])) return 'has no "sources" list'
  return undefined
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads a source map as far as tools that pass it on need. The reason continues a sentence that begins with the file's name. */
export const readMapJson = (text: string): MapResult => {
  // ECMA-426 lets servers guard the JSON with a first line that starts so.
  const body = text.replace(/^\uFEFF?(?:\)\]\}'[^\n]*\n)?/, '')
  if (body.trim() === '') return { ok: false, reason: 'is empty' }
  const map = parse(body)
  if (map === undefined) return { ok: false, reason: 'is not JSON' }
  const reason = findFault(map)
  return reason === undefined ? { ok: true, map: map as SourceMapJson } : { ok: false, reason }
}

/** How many sources the map names without holding their text. */
export const countMissingContents = (map: SourceMapJson): number => {
  if (Array.isArray(map.sections))
    return map.sections.reduce(
      (sum: number, section: { map?: SourceMapJson }) => sum + (section?.map ? countMissingContents(section.map) : 0),
      0,
    )
  const sources = Array.isArray(map['sources']) ? map['sources'] : []
  const contents = Array.isArray(map['sourcesContent']) ? map['sourcesContent'] : []
  return sources.filter((_, index) => typeof contents[index] !== 'string').length
}
