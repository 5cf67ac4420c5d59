/** A node of an ESTree, from oxc-parser or acorn; only what naming looks at. */
export interface SyntaxNode {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

export const child = (node: SyntaxNode, key: string): SyntaxNode | undefined => {
  const value = node[key]
  return isNode(value) ? value : undefined
}

// Wrappers that exist only in the types or the parentheses of a program.
const TRANSPARENT = new Set([
  'ParenthesizedExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'ChainExpression',
])

/** The expression that remains when types are erased. */
export const bare = (node: SyntaxNode | undefined): SyntaxNode | undefined => {
  let inner = node
  while (inner && TRANSPARENT.has(inner.type)) inner = child(inner, 'expression')
  return inner
}

export const isTransparent = (node: SyntaxNode): boolean => TRANSPARENT.has(node.type)

/** An identifier as written; for a script, what the map calls it. */
export type IdentifierName = (node: SyntaxNode) => string

export const writtenName: IdentifierName = (node) =>
  node.type === 'PrivateIdentifier' ? `#${String(node['name'])}` : String(node['name'])

/** `a.b.c`, `this.x`, `a["b"]` as a list of names; undefined for anything else. */
export const memberPath = (node: SyntaxNode | undefined, name: IdentifierName): string[] | undefined => {
  const inner = bare(node)
  if (!inner) return undefined
  if (inner.type === 'Identifier' || inner.type === 'PrivateIdentifier') return [name(inner)]
  if (inner.type === 'ThisExpression') return ['this']
  if (inner.type !== 'MemberExpression') return undefined
  const object = memberPath(child(inner, 'object'), name)
  const property = child(inner, 'property')
  const key = inner['computed'] === true ? literalKey(property) : property && name(property)
  return object && key !== undefined ? [...object, key] : undefined
}

export const literalKey = (node: SyntaxNode | undefined): string | undefined => {
  if (node?.type !== 'Literal') return undefined
  const value = node['value']
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/** The name of a property, method or field; undefined where it is computed at run time. */
export const keyName = (member: SyntaxNode, name: IdentifierName): string | undefined => {
  const key = child(member, 'key')
  if (!key) return undefined
  const literal = literalKey(key)
  if (literal !== undefined) return literal
  if (member['computed'] === true) return computedKey(key)
  return name(key)
}

/** `[Symbol.iterator]` is printed like this by every engine. */
const computedKey = (key: SyntaxNode): string | undefined => {
  const path = memberPath(key, writtenName)
  return path?.length === 2 && path[0] === 'Symbol' ? `[Symbol.${path[1]}]` : undefined
}
