import { parseSync } from 'oxc-parser'
import { collectScopes, type ScopeTable } from './collect-scopes.ts'
import { scriptBlocks } from './script-blocks.ts'
import { writtenName, type SyntaxNode } from './syntax-node.ts'
import { lineOf, lineStarts } from './text-lines.ts'

type Lang = 'js' | 'jsx' | 'ts' | 'tsx'

/** Source texts longer than this are data or bundles; nobody wrote functions in them by hand. */
const MAX_TEXT = 8 * 1024 * 1024

/** Brackets nested deeper than people write: the parser is native code and would end the process on a full stack. */
const MAX_BRACKETS = 1_000

/**
 * The functions of an original source text, by the extension of its path: JavaScript, TypeScript, JSX, and the script
 * blocks of Vue and Svelte components. Undefined when it does not parse or is no program (styles, JSON, templates).
 */
export const sourceScopes = (text: string, path: string): ScopeTable | undefined => {
  if (text.length > MAX_TEXT || NOT_A_PROGRAM.test(path) || bracketDepth(text) > MAX_BRACKETS) return undefined
  const block = /\.(vue|svelte|astro)$/i.test(path) ? scriptBlocks(text) : undefined
  const program = parse(block?.text ?? text, path, block?.lang ?? languageOf(path))
  if (!program) return undefined
  const starts = lineStarts(text)
  const locate = (offset: number): { line: number; column: number } => {
    const line = lineOf(starts, offset)
    return { line, column: offset - starts[line]! }
  }
  return collectScopes(program, { text, locate }, writtenName)
}

const NOT_A_PROGRAM = /\.(css|scss|sass|less|styl|json5?|html?|svg|png|jpe?g|gif|wasm|graphql|gql|md|txt|ya?ml)$/i

const languageOf = (path: string): Lang | undefined => {
  const extension = /\.([cm]?[jt]sx?)$/i.exec(path)?.[1]?.toLowerCase().replace(/^[cm]/, '')
  return extension as Lang | undefined
}

const parse = (text: string, path: string, lang: Lang | undefined): SyntaxNode | undefined => {
  // JSX stands in plain .js files as well; `<T>x` casts only parse as .ts, so the rest are tried in turn.
  const attempts: Lang[] =
    lang === 'ts' ? ['ts', 'tsx'] : lang === 'js' || lang === 'jsx' ? ['jsx', 'tsx', 'ts'] : ['tsx', 'ts']
  for (const attempt of attempts) {
    for (const sourceType of ['module', 'script'] as const) {
      const result = parseSync(path, text, { lang: attempt, sourceType, preserveParens: false })
      const program = result.program as unknown as SyntaxNode & { body: unknown[] }
      // The parser recovers from errors of meaning (a name declared twice), not from those of syntax.
      if (program.body.length > 0 || (result.errors.length === 0 && sourceType === 'script')) return program
    }
  }
  return undefined
}

const bracketDepth = (text: string): number => {
  let depth = 0
  let deepest = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 40 || code === 91 || code === 123) deepest = Math.max(deepest, ++depth)
    else if (code === 41 || code === 93 || code === 125) depth--
  }
  return deepest
}
