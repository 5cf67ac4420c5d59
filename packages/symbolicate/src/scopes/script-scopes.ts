import { parse } from 'acorn'
import type { ParsedMap } from '../map/read-map.ts'
import { collectScopes, type ScopeTable } from './collect-scopes.ts'
import { writtenName, type SyntaxNode } from './syntax-node.ts'
import { nameTokens } from './name-tokens.ts'
import { lineOf, lineStarts } from './text-lines.ts'

/**
 * The functions of a generated script, each called what the map's `names` call its identifier: the fallback for sources
 * whose text is not in the map. Undefined when the script does not parse.
 */
export const scriptScopes = (script: string, map: ParsedMap): ScopeTable | undefined => {
  const program = parseScript(script)
  if (!program) return undefined
  const starts = lineStarts(script)
  const locate = (offset: number): { line: number; column: number } => {
    const line = lineOf(starts, offset)
    return { line, column: offset - starts[line]! }
  }
  const tokens = nameTokens(map)
  const { scopes } = collectScopes(program, { text: script, locate }, (node) => {
    const { line, column } = locate(node.start)
    return tokens.get(line)?.get(column) ?? writtenName(node)
  })
  // Sites are places of the original text.
  return { scopes, sites: new Int32Array(0) }
}

const parseScript = (script: string): SyntaxNode | undefined => {
  for (const sourceType of ['module', 'script'] as const) {
    try {
      return parse(script, {
        ecmaVersion: 'latest',
        sourceType,
        allowHashBang: true,
        allowReturnOutsideFunction: true,
      }) as unknown as SyntaxNode
    } catch {
      // Sloppy scripts are no modules: `with`, octal literals, `await` as a name.
    }
  }
  return undefined
}
