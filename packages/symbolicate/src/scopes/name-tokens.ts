import { decodeMappings, type MappingSink } from '../map/decode-mappings.ts'
import type { ParsedMap } from '../map/read-map.ts'

/** The `names` of a map by 0-based generated line and column. */
export type NameTokens = Map<number, Map<number, string>>

export const nameTokens = (map: ParsedMap): NameTokens => {
  const tokens: NameTokens = new Map()
  for (const part of map.parts) {
    let line = part.start.line
    const sink: MappingSink = {
      mapping: (column, _source, original) => {
        if (original.name < 0) return
        const absolute = line === part.start.line ? column + part.start.column : column
        const ofLine = tokens.get(line) ?? new Map<number, string>()
        tokens.set(line, ofLine.set(absolute, part.names[original.name]!))
      },
      endLine: () => {
        line++
        return true
      },
    }
    decodeMappings(part.mappings, { sources: part.sources.length, names: part.names.length }, sink)
  }
  return tokens
}
