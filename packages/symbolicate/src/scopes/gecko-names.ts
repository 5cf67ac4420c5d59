import { isField, isFunction, type Ancestors } from './spec-names.ts'
import {
  bare,
  child,
  isTransparent,
  keyName,
  literalKey,
  writtenName,
  type IdentifierName,
  type SyntaxNode,
} from './syntax-node.ts'

/**
 * What SpiderMonkey calls an anonymous function: a path of enclosing functions, then what it is assigned to, and `<` where
 * it only contributes to that (`outer/<`, `obj.prop`, `Memo<`). Observed in Firefox 153.
 *
 * @param prefix - The path of the enclosing function, '' at the top level.
 */
export const geckoName = (ancestors: Ancestors, prefix: string, name: IdentifierName): string => {
  const { target, contributors } = nameable(ancestors)
  let path = prefix === '' ? '' : `${prefix}/`
  if (target) {
    const assigned = assignedName(target, name)
    if (assigned === undefined) return ''
    path += assigned
  }
  for (const node of contributors.toReversed()) {
    if (node.type === 'Property') path += propertyPart(node, name)
    else if (path !== '' && !path.endsWith('<')) path += '<'
  }
  return path.endsWith('/') ? `${path}<` : path
}

/** The path that functions inside see as their prefix. */
export const geckoPrefix = (prefix: string, displayed: string, ownName: string): string => {
  if (ownName === '') return displayed
  return prefix === '' ? ownName : `${prefix}/${ownName}`
}

interface Nameable {
  target: SyntaxNode | undefined
  /** Nodes between the function and its target, innermost first. */
  contributors: SyntaxNode[]
}

const nameable = (ancestors: Ancestors): Nameable => {
  const contributors: SyntaxNode[] = []
  for (let at = ancestors.length - 1; at >= 0; at--) {
    const node = ancestors[at]!
    if (isTransparent(node)) continue
    if (node.type === 'AssignmentExpression' || node.type === 'AssignmentPattern')
      return { target: child(node, 'left'), contributors }
    if (node.type === 'VariableDeclarator') return { target: child(node, 'id'), contributors }
    if (isFunction(node) || isField(node) || node.type === 'StaticBlock') {
      if (node.type !== 'ArrowFunctionExpression' || node['expression'] !== true)
        return { target: undefined, contributors }
      const skipped = pastDirectCall(ancestors, at)
      if (skipped === at) {
        contributors.push(node)
        return { target: undefined, contributors }
      }
      at = skipped
      continue
    }
    if (node.type === 'ReturnStatement') at = pastDirectCall(ancestors, at)
    else if (node.type === 'Property') at--
    if (node.type !== 'ReturnStatement') contributors.push(node)
    else if (ancestors[at] === node) contributors.push(node)
  }
  return { target: undefined, contributors }
}

/** `(function () { return function () {} })()` only makes a scope: the search goes on outside of the call. */
const pastDirectCall = (ancestors: Ancestors, from: number): number => {
  let callee = ancestors[from]
  for (let at = from - 1; at > 0; at--) {
    const node = ancestors[at]!
    if (node.type === 'CallExpression') return bare(child(node, 'callee')) === callee ? at : from
    if (!isTransparent(node)) callee = node
  }
  return from
}

const propertyPart = (property: SyntaxNode, name: IdentifierName): string => {
  const key = keyName(property, name)
  if (key === undefined) return ''
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `["${key}"]`
}

const assignedName = (target: SyntaxNode, name: IdentifierName): string | undefined => {
  const node = bare(target)
  if (node?.type === 'Identifier' || node?.type === 'PrivateIdentifier') return name(node)
  if (node?.type === 'ThisExpression') return 'this'
  if (node?.type !== 'MemberExpression') return undefined
  const object = assignedName(child(node, 'object')!, name)
  const property = child(node, 'property')
  if (object === undefined || !property) return undefined
  if (node['computed'] !== true) return `${object}.${name(property)}`
  const literal = literalKey(property)
  const key =
    literal === undefined
      ? assignedName(property, writtenName)
      : typeof property['value'] === 'number'
        ? literal
        : `"${literal}"`
  return key === undefined ? undefined : `${object}[${key}]`
}
