import {
  bare,
  child,
  isTransparent,
  keyName,
  literalKey,
  memberPath,
  type IdentifierName,
  type SyntaxNode,
} from './syntax-node.ts'

/** The nodes around the one at hand, outermost first. */
export type Ancestors = readonly SyntaxNode[]

export const isFunction = (node: SyntaxNode | undefined): boolean =>
  node?.type === 'FunctionDeclaration' ||
  node?.type === 'FunctionExpression' ||
  node?.type === 'ArrowFunctionExpression'

export const isClass = (node: SyntaxNode | undefined): boolean =>
  node?.type === 'ClassDeclaration' || node?.type === 'ClassExpression'

export const isField = (node: SyntaxNode | undefined): boolean =>
  node?.type === 'PropertyDefinition' || node?.type === 'AccessorProperty'

/** The nearest ancestor that remains when types are erased. */
export const parentOf = (ancestors: Ancestors): SyntaxNode | undefined => {
  let at = ancestors.length - 1
  while (at >= 0 && isTransparent(ancestors[at]!)) at--
  return ancestors[at]
}

/** `Function.prototype.name` of a function or class: its own name, or the one that it gets where it stands (ECMA-262, NamedEvaluation). */
export const specName = (node: SyntaxNode, ancestors: Ancestors, name: IdentifierName): string => {
  const id = child(node, 'id')
  if (id) return name(id)
  const parent = parentOf(ancestors)
  if (!parent) return ''
  if (parent.type === 'MethodDefinition' || parent.type === 'Property' || isField(parent))
    return memberName(node, parent, ancestors, name)
  if (parent.type === 'ExportDefaultDeclaration') return 'default'
  if (parent.type === 'JSXExpressionContainer') return jsxPropertyName(ancestors)
  if (parent.type === 'VariableDeclarator') return identifier(child(parent, 'id'), name)
  const assigns =
    parent.type === 'AssignmentPattern' ||
    (parent.type === 'AssignmentExpression' && /^(=|\|\|=|&&=|\?\?=)$/.test(String(parent['operator'])))
  return assigns && bare(child(parent, 'right')) === node ? identifier(child(parent, 'left'), name) : ''
}

const identifier = (node: SyntaxNode | undefined, name: IdentifierName): string =>
  node?.type === 'Identifier' ? name(node) : ''

/** Attributes of JSX become properties of an object literal; so does what stands between tags, where it stands alone. */
const jsxPropertyName = (ancestors: Ancestors): string => {
  const around = parentOf(
    ancestors.slice(
      0,
      ancestors.findLastIndex(({ type }) => type === 'JSXExpressionContainer'),
    ),
  )
  if (around?.type === 'JSXAttribute') return jsxName(child(around, 'name'))
  const isAlone = ((around?.['children'] ?? []) as SyntaxNode[]).filter((node) => !isLayout(node)).length === 1
  return isAlone ? 'children' : ''
}

const isLayout = ({ type, value }: SyntaxNode): boolean => type === 'JSXText' && /^\s*\n\s*$/.test(String(value))

/** `onClick`, or `xlink:href`. */
const jsxName = (node: SyntaxNode | undefined): string => {
  if (node?.type === 'JSXNamespacedName') return `${jsxName(child(node, 'namespace'))}:${jsxName(child(node, 'name'))}`
  return typeof node?.['name'] === 'string' ? node['name'] : ''
}

const memberName = (node: SyntaxNode, member: SyntaxNode, ancestors: Ancestors, name: IdentifierName): string => {
  if (bare(child(member, 'value')) !== node) return ''
  const kind = member['kind']
  if (kind === 'constructor') return enclosingClassName(ancestors, name)
  const key = keyName(member, name) ?? ''
  return (kind === 'get' || kind === 'set') && key !== '' ? `${kind} ${key}` : key
}

/** The class whose member is at hand, '' when it has no name. */
export const enclosingClassName = (ancestors: Ancestors, name: IdentifierName): string => {
  const at = ancestors.findLastIndex(isClass)
  return at < 0 ? '' : className(ancestors[at]!, ancestors.slice(0, at), name)
}

const className = (node: SyntaxNode, ancestors: Ancestors, name: IdentifierName): string =>
  specName(node, ancestors, name) || inferredName(node, ancestors, name)

/**
 * What V8 prints for an anonymous function or class: the path that it is assigned to, without "this" and "prototype",
 * after the name of the enclosing function if that looks like a constructor. Observed in Chromium 156.
 */
export const inferredName = (node: SyntaxNode, ancestors: Ancestors, name: IdentifierName): string => {
  const path: string[] = []
  let inner = node
  for (let at = ancestors.length - 1; at >= 0; at--) {
    const outer = ancestors[at]!
    if (outer.type === 'VariableDeclarator') {
      const variable = identifier(child(outer, 'id'), name)
      // A variable that is followed by another path gives way to it: `const a = b.c = …` makes `b.c`.
      const taken = inner.type === 'AssignmentExpression' || variable === '' ? path : [variable, ...path]
      return taken.length > 0 ? withConstructor(taken, ancestors.slice(0, at), name) : ''
    }
    if (outer.type === 'AssignmentExpression' && child(outer, 'right') === inner) {
      const left = assignedPath(child(outer, 'left'), name)
      if (!left) return ''
      path.unshift(...left)
      if (parentOf(ancestors.slice(0, at))?.type === 'ExpressionStatement')
        return withConstructor(path, ancestors.slice(0, at), name)
    } else if (outer.type === 'Property' || isField(outer)) {
      const key = keyName(outer, name) ?? '<computed>'
      path.unshift(key)
      if (isField(outer)) return path.join('.')
    } else if (!passesName(outer, inner)) {
      return path.length > 0 && outer.type !== 'CallExpression' && outer.type !== 'NewExpression'
        ? withConstructor(path, ancestors.slice(0, at), name)
        : ''
    }
    inner = outer
  }
  return ''
}

/** Whether the value of `inner` is the value of `outer`, as far as V8 follows it. */
const passesName = (outer: SyntaxNode, inner: SyntaxNode): boolean => {
  if (isTransparent(outer) || outer.type === 'ObjectExpression' || outer.type === 'ArrayExpression') return true
  if (outer.type === 'ConditionalExpression') return child(outer, 'test') !== inner
  if (outer.type === 'SequenceExpression') return true
  // `new Map([['key', () => {}]])`: an array as an argument does not end the search, a function does.
  if (outer.type === 'CallExpression' || outer.type === 'NewExpression') return inner.type === 'ArrayExpression'
  // An arrow function can only stand in parentheses here, and these end the search.
  return outer.type === 'LogicalExpression' && inner.type !== 'ArrowFunctionExpression'
}

const assignedPath = (left: SyntaxNode | undefined, name: IdentifierName): string[] | undefined => {
  const node = bare(left)
  if (node?.type === 'Identifier') return [name(node)]
  if (node?.type === 'ThisExpression') return []
  if (node?.type === 'CallExpression') return assignedPath(child(node, 'callee'), name)
  if (node?.type !== 'MemberExpression') return undefined
  const object = assignedPath(child(node, 'object'), name) ?? []
  const property = child(node, 'property')
  const key = node['computed'] === true ? computedPart(property) : property && name(property)
  return key === undefined || key === 'prototype' ? object : [...object, key]
}

const computedPart = (property: SyntaxNode | undefined): string => {
  const literal = property && typeof property['value'] === 'string' ? literalKey(property) : undefined
  return literal ?? '<computed>'
}

const withConstructor = (path: string[], ancestors: Ancestors, name: IdentifierName): string => {
  const at = ancestors.findLastIndex(isFunction)
  const enclosing = at < 0 ? '' : specName(ancestors[at]!, ancestors.slice(0, at), name)
  return (/^\p{Lu}/u.test(enclosing) ? [enclosing, ...path] : path).join('.')
}

/** What an anonymous function is for: `useEffect callback`, `render callback`, `Price (memo)`. */
export const roleOf = (node: SyntaxNode, ancestors: Ancestors, name: IdentifierName): string => {
  const parent = parentOf(ancestors)
  if (parent?.type === 'JSXExpressionContainer') return 'render callback'
  if (parent?.type !== 'CallExpression' && parent?.type !== 'NewExpression') return ''
  const callee = bare(child(parent, 'callee'))
  if (callee === node) return 'immediately invoked'
  const called =
    memberPath(callee, name)?.at(-1) ??
    (callee?.type === 'MemberExpression' ? identifierName(child(callee, 'property'), name) : undefined)
  if (called === undefined) return 'callback'
  const bound = parentOf(ancestors.slice(0, ancestors.lastIndexOf(parent)))
  const target = bound?.type === 'VariableDeclarator' ? identifier(child(bound, 'id'), name) : ''
  return target === '' ? `${called} callback` : `${target} (${called})`
}

const identifierName = (node: SyntaxNode | undefined, name: IdentifierName): string | undefined =>
  node?.type === 'Identifier' || node?.type === 'PrivateIdentifier' ? name(node) : undefined
