import { SITE_FIELDS, sitesOf, type CallSites, type Site } from './call-sites.ts'
import type { FunctionScope, ScopeKind } from './function-scope.ts'
import { geckoName, geckoPrefix } from './gecko-names.ts'
import {
  enclosingClassName,
  inferredName,
  isClass,
  isField,
  isFunction,
  parentOf,
  roleOf,
  specName,
} from './spec-names.ts'
import { child, isNode, type IdentifierName, type SyntaxNode } from './syntax-node.ts'

/** Nesting at which the walk turns back: deeper code is generated, and functions in it keep the name of the outer one. */
const MAX_DEPTH = 1_500

/** Types hold no functions. */
const SKIPPED = new Set([
  'type',
  'start',
  'end',
  'typeAnnotation',
  'returnType',
  'typeParameters',
  'typeArguments',
  'superTypeArguments',
  'implements',
])

/** Turns an offset in the text into a 0-based line and column. */
export type Locate = (offset: number) => { line: number; column: number }

/** What a program tells about the frames that stand in it. */
export interface ScopeTable {
  scopes: FunctionScope[]
  sites: CallSites
}

interface Walk {
  text: string
  locate: Locate
  name: IdentifierName
  ancestors: SyntaxNode[]
  scopes: FunctionScope[]
  sites: Site[]
  /** Index of the function around the node at hand, -1 at the top level. */
  scope: number
  /** SpiderMonkey's path of that function. */
  prefix: string
}

/** Finds every function of a program and names it, and every place that a frame can stand at; in the order of the text. */
export const collectScopes = (
  program: SyntaxNode,
  source: { text: string; locate: Locate },
  name: IdentifierName,
): ScopeTable => {
  const walk: Walk = { ...source, name, ancestors: [], scopes: [], sites: [], scope: -1, prefix: '' }
  visit(walk, program)
  return { scopes: sortByStart(walk.scopes), sites: locateSites(walk) }
}

const locateSites = ({ sites, locate }: Walk): CallSites => {
  const out = new Int32Array(sites.length * SITE_FIELDS)
  sites.sort((a, b) => a.at - b.at)
  for (const [i, { kind, at, anchor, paren }] of sites.entries()) {
    const [site, begin, call] = [locate(at), locate(anchor), locate(paren)]
    out.set([site.line, site.column, kind, begin.line, begin.column, call.line, call.column], i * SITE_FIELDS)
  }
  return out
}

const visit = (walk: Walk, node: SyntaxNode): void => {
  if (walk.ancestors.length > MAX_DEPTH) return
  for (const site of sitesOf(node, walk.text)) walk.sites.push(site)
  if (isFunction(node) || node.type === 'StaticBlock')
    return inScope(walk, functionScope(walk, node), () => visitChildren(walk, node))
  if (isClass(node) && !hasConstructor(node)) walk.scopes.push(implicitConstructor(walk, node))
  visitChildren(walk, node)
}

const hasConstructor = (node: SyntaxNode): boolean => {
  const members = child(node, 'body')?.['body'] as SyntaxNode[] | undefined
  return (
    members?.some((member) => member['kind'] === 'constructor' && child(member, 'value')?.['body'] != null) === true
  )
}

/** Frames of a constructor that is not written stand on the keyword `class`. */
const implicitConstructor = (walk: Walk, node: SyntaxNode): FunctionScope => {
  const keyword = walk.text.indexOf('class', node.start)
  const name = specName(node, walk.ancestors, walk.name) || inferredName(node, walk.ancestors, walk.name)
  const place = { ...node, start: node.start, end: keyword + 'class'.length }
  return {
    ...span(walk, place),
    kind: 'constructor',
    hidesName: false,
    name,
    inferred: '',
    gecko: '',
    className: name,
    role: '',
  }
}

const visitChildren = (walk: Walk, node: SyntaxNode): void => {
  walk.ancestors.push(node)
  for (const key in node) {
    if (SKIPPED.has(key)) continue
    const value = node[key]
    if (Array.isArray(value)) visitAll(walk, value)
    else if (isNode(value)) {
      if (key === 'value' && isField(node)) inScope(walk, fieldScope(walk, node, value), () => visit(walk, value))
      else visit(walk, value)
    }
  }
  walk.ancestors.pop()
}

const visitAll = (walk: Walk, values: readonly unknown[]): void => {
  for (const value of values) if (isNode(value)) visit(walk, value)
}

const inScope = (walk: Walk, scope: FunctionScope, inside: () => void): void => {
  const { scope: outer, prefix } = walk
  walk.scopes.push(scope)
  walk.scope = walk.scopes.length - 1
  walk.prefix = geckoPrefix(prefix, scope.gecko, scope.name)
  inside()
  walk.scope = outer
  walk.prefix = prefix
}

const functionScope = (walk: Walk, node: SyntaxNode): FunctionScope => {
  const { ancestors, name } = walk
  const parent = parentOf(ancestors)
  const kind = kindOf(node, parent)
  const own = kind === 'static-block' ? '' : specName(node, ancestors, name)
  const anonymous = own === ''
  return {
    ...span(walk, node),
    kind,
    hidesName: hidesName(node, parent),
    name: own,
    inferred: !anonymous ? '' : kind === 'static-block' ? '<static_initializer>' : inferredName(node, ancestors, name),
    gecko: anonymous ? geckoName(ancestors, walk.prefix, name) : '',
    className: kind === 'function' ? '' : enclosingClassName(ancestors, name),
    role: anonymous && kind === 'function' ? roleOf(node, ancestors, name) : '',
  }
}

const hidesName = (node: SyntaxNode, parent: SyntaxNode | undefined): boolean => {
  if (node['async'] !== true && node['generator'] !== true) return false
  const isMethod = parent?.type === 'MethodDefinition' || (parent?.type === 'Property' && parent['method'] === true)
  return !isMethod && child(node, 'id') === undefined
}

/** Engines run the initial value of a field in a function of its own. */
const fieldScope = (walk: Walk, field: SyntaxNode, value: SyntaxNode): FunctionScope => ({
  ...span(walk, value),
  kind: 'field',
  hidesName: false,
  name: '',
  inferred: field['static'] === true ? '<static_initializer>' : '<instance_members_initializer>',
  gecko: geckoName([...walk.ancestors], walk.prefix, walk.name),
  className: enclosingClassName(walk.ancestors, walk.name),
  role: 'field initializer',
})

const span = (
  walk: Walk,
  node: SyntaxNode,
): Pick<FunctionScope, 'startLine' | 'startColumn' | 'endLine' | 'endColumn' | 'parent'> => {
  const start = walk.locate(node.start)
  const end = walk.locate(node.end)
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    parent: walk.scope,
  }
}

const kindOf = (node: SyntaxNode, parent: SyntaxNode | undefined): ScopeKind => {
  if (node.type === 'StaticBlock') return 'static-block'
  // Fields that hold functions are called on the instance, as methods are.
  if (parent && isField(parent)) return 'method'
  if (parent?.type !== 'MethodDefinition' || child(parent, 'value') !== node) return getterKind(parent, node)
  if (parent['kind'] === 'constructor') return 'constructor'
  return parent['kind'] === 'get' ? 'getter' : parent['kind'] === 'set' ? 'setter' : 'method'
}

const getterKind = (parent: SyntaxNode | undefined, value: SyntaxNode): ScopeKind => {
  if (parent?.type !== 'Property' || child(parent, 'value') !== value) return 'function'
  return parent['kind'] === 'get' ? 'getter' : parent['kind'] === 'set' ? 'setter' : 'function'
}

// The walk follows the keys of nodes, which is not always the order of the text (decorators, JSX).
const sortByStart = (scopes: FunctionScope[]): FunctionScope[] => {
  const order = scopes.map((_, i) => i).sort((a, b) => compareStarts(scopes[a]!, scopes[b]!) || a - b)
  const place = new Int32Array(scopes.length)
  for (const [to, from] of order.entries()) place[from] = to
  return order.map((from) => {
    const scope = scopes[from]!
    return { ...scope, parent: scope.parent < 0 ? -1 : place[scope.parent]! }
  })
}

const compareStarts = (a: FunctionScope, b: FunctionScope): number =>
  a.startLine - b.startLine || a.startColumn - b.startColumn
