import { bare, child, type SyntaxNode } from './syntax-node.ts'

/** Fields of a site in a table of sites, all 0-based positions in the original text. */
export const SITE_FIELDS = 7
export const SITE_LINE = 0
export const SITE_COLUMN = 1
export const SITE_KIND = 2
/** Where the expression begins: maps that know nothing of the site itself know its beginning. */
export const ANCHOR_LINE = 3
export const ANCHOR_COLUMN = 4
/** The parenthesis of a call, which Safari and Firefox print instead. */
export const PAREN_LINE = 5
export const PAREN_COLUMN = 6

/**
 * `moved` is a place where no frame stands, but where minifiers that rewrite an expression leave its mapping: the frame
 * stands at PAREN.
 */
export const SITE_KINDS = { plain: 0, construct: 1, moved: 2, await: 3 } as const

/** Places of a source text at which engines say that a frame stands, SITE_FIELDS numbers each, in the order of the text. */
export type CallSites = Int32Array

/** A site by offsets in the text. */
export interface Site {
  kind: number
  at: number
  anchor: number
  paren: number
}

/** The sites that a node makes. */
export const sitesOf = (node: SyntaxNode, text: string): Site[] => {
  switch (node.type) {
    case 'CallExpression':
      return callSites(node, text)
    case 'NewExpression':
      return [constructSite(node, text)]
    case 'TaggedTemplateExpression':
      return [plain(child(node, 'quasi')!.start, node.start)]
    case 'AwaitExpression':
      return [{ kind: SITE_KINDS.await, at: node.start, anchor: child(node, 'argument')!.start, paren: node.start }]
    case 'AssignmentExpression':
      return storeSites(node, text)
    case 'MemberExpression':
      return loadSites(node, text)
    // A constructor that is not written stands where its class begins.
    case 'ClassDeclaration':
    case 'ClassExpression':
      return [plain(node.start, node.start)]
    default:
      return []
  }
}

const plain = (at: number, anchor: number): Site => ({ kind: SITE_KINDS.plain, at, anchor, paren: at })

const moved = (at: number, anchor: number, to: number): Site => ({ kind: SITE_KINDS.moved, at, anchor, paren: to })

const constructSite = (node: SyntaxNode, text: string): Site => {
  const callee = child(node, 'callee')!
  const paren = parenAfter(text, callee.end, node.end) ?? node.start
  return { kind: SITE_KINDS.construct, at: node.start, anchor: callee.start, paren }
}

// V8 prints the last name of the callee, and the parenthesis where the callee does not end with a name: after ")" and "]",
// private names and keywords (Parser::ParseLeftHandSideContinuation, Token::IsCallable; read 2026).
const callSites = (node: SyntaxNode, text: string): Site[] => {
  const callee = child(node, 'callee')!
  const anchor = callee.start
  const paren = parenAfter(text, callee.end, node.end) ?? anchor
  const name = lastName(callee)
  if (name !== undefined) return [{ kind: SITE_KINDS.plain, at: name, anchor, paren }]
  const inner = bare(callee)!
  const key =
    inner.type === 'MemberExpression' && inner['computed'] === true ? child(inner, 'property')!.start : inner.end - 1
  const leftovers = [...new Set([key, inner.end - 1, inner.end, callee.end])].filter((at) => at !== paren)
  return [...leftovers.map((at) => moved(at, anchor, paren)), { kind: SITE_KINDS.plain, at: paren, anchor, paren }]
}

const lastName = (callee: SyntaxNode): number | undefined => {
  if (callee.type === 'Identifier' || callee.type === 'Super') return callee.start
  if (callee.type !== 'MemberExpression' || callee['computed'] === true) return undefined
  const property = child(callee, 'property')!
  return property.type === 'PrivateIdentifier' || RESERVED.has(String(property['name'])) ? undefined : property.start
}

const RESERVED = new Set(
  'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with'.split(
    ' ',
  ),
)

const storeSites = (node: SyntaxNode, text: string): Site[] => {
  const left = bare(child(node, 'left'))
  if (left?.type !== 'MemberExpression') return []
  const operator = text.indexOf(String(node['operator']), left.end)
  if (operator < 0 || operator > node.end) return []
  return operator === left.end
    ? [plain(operator, left.start)]
    : [moved(left.end, left.start, operator), plain(operator, left.start)]
}

/** Only what maps leave out: tools give a mapping to every plain property. */
const loadSites = (node: SyntaxNode, text: string): Site[] => {
  const property = child(node, 'property')!
  if (property.type === 'PrivateIdentifier') return [plain(property.start, node.start)]
  const bracket = node['computed'] === true ? text.lastIndexOf('[', property.start) : -1
  return bracket < node.start ? [] : [plain(bracket, node.start)]
}

/** Types of TypeScript, `!` and comments may stand between a callee and its parenthesis. */
const parenAfter = (text: string, from: number, end: number): number | undefined => {
  for (let at = from; at < end; at++) {
    const char = text[at]
    if (char === '(') return at
    if (char === '<') return afterTypes(text, at, end)
    if (char === '/' && text[at + 1] === '*') at = text.indexOf('*/', at) + 1
    else if (char === '/' && text[at + 1] === '/') at = text.indexOf('\n', at)
    if (at < from) return undefined
  }
  return undefined
}

const afterTypes = (text: string, from: number, end: number): number | undefined => {
  let depth = 0
  for (let at = from; at < end; at++) {
    if (text[at] === '<') depth++
    else if (text[at] === '>' && text[at - 1] !== '=' && --depth === 0) return parenAfter(text, at + 1, end)
  }
  return undefined
}
