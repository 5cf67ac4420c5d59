import type { ParsedMap } from '../map/read-map.ts'
import { decodeMappings, type MappingSink } from '../map/decode-mappings.ts'

/** Gives a line of an original text; undefined where the map does not hold it. */
export type LineOf = (source: number, line: number) => string | undefined

// Only classes that extend others: for the rest the class of the receiver is the one that declares the method.
const NAME = '[\\p{ID_Start}$_][\\p{ID_Continue}$]*'
const DECLARED = new RegExp(`\\bclass (${NAME})(?= extends\\b)|(${NAME})=class(?: ${NAME})?(?= extends\\b)`, 'gu')
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u

/**
 * What the derived classes of a minified script are called in the original: V8 prints the class of the receiver before a method, and
 * that need not be the class that declares it. Names that stand for several classes are left out.
 */
export const classNames = (script: string, map: ParsedMap, lineOf: LineOf): Map<string, string> => {
  const tokens = declarations(script)
  const names = new Map<string, string | undefined>()
  for (const { token, line, column, source } of mappedTokens(tokens, map)) {
    const name = IDENTIFIER.exec(lineOf(source, line)?.slice(column) ?? '')?.[0]
    if (name === undefined || name === 'class') continue
    names.set(token, names.has(token) && names.get(token) !== name ? undefined : name)
  }
  return new Map([...names].filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** Identifiers of class declarations, by generated line and column. */
const declarations = (script: string): Map<number, Map<number, string>> => {
  const tokens = new Map<number, Map<number, string>>()
  for (const [line, text] of script.split(/\r\n|\n|\r/).entries()) {
    const ofLine = new Map<number, string>()
    for (const match of text.matchAll(DECLARED)) {
      const token = match[1] ?? match[2]!
      ofLine.set(match.index + (match[1] === undefined ? 0 : 'class '.length), token)
    }
    if (ofLine.size > 0) tokens.set(line, ofLine)
  }
  return tokens
}

interface MappedToken {
  token: string
  source: number
  line: number
  column: number
}

const mappedTokens = (tokens: Map<number, Map<number, string>>, map: ParsedMap): MappedToken[] => {
  const found: MappedToken[] = []
  let base = 0
  for (const part of map.parts) {
    let line = part.start.line
    const sink: MappingSink = {
      mapping: (column, source, original) => {
        const token = tokens.get(line)?.get(line === part.start.line ? column + part.start.column : column)
        if (token !== undefined && source >= 0)
          found.push({ token, source: base + source, line: original.line, column: original.column })
      },
      endLine: () => {
        line++
        return true
      },
    }
    decodeMappings(part.mappings, { sources: part.sources.length, names: part.names.length }, sink)
    base += part.sources.length
  }
  return found
}
