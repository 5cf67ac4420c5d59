import type { FunctionScope } from '../scopes/function-scope.ts'
import type { Engine } from './engine.ts'
import { isCodeName, parseRawName, type RawName } from './raw-name.ts'

/** The name of a function without any browser's decoration: `Widget.render`, `new Widget`, `get size`, `obj.prop`. */
export const canonicalName = (scope: FunctionScope): string | undefined => {
  const name = scope.name || scope.inferred
  if (scope.kind === 'constructor') return `new ${name || '<anonymous>'}`
  if (name === '') return undefined
  return scope.kind === 'method' && scope.className !== '' && isIdentifier(name) ? `${scope.className}.${name}` : name
}

const isIdentifier = (name: string): boolean => /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name)

/** What is known about the stack that a frame stands in. */
export interface StackNames {
  engine: Engine | undefined
  /** The class that a minified constructor name stands for, where a frame of the stack tells. */
  classOf(type: string): string | undefined
}

/**
 * What the same engine would print for the function in the unminified program: the original name, with the decorations
 * that the minified frame carries. Undefined where it would print none.
 *
 * @param scope - The enclosing function; undefined at the top level of a module.
 */
export const printedName = (
  raw: string | undefined,
  scope: FunctionScope | undefined,
  stack: StackNames,
): string | undefined => {
  const engine = /[/<]$|\/\S*</.test(raw ?? '') ? 'gecko' : stack.engine
  const parsed = parseRawName(raw, engine)
  if (!scope) return isCodeName(parsed.name) ? parsed.name : parsed.prefix.trim() === 'async' ? 'async' : undefined
  const name = nameIn(engine, parsed, scope, stack)
  return name === '' ? parsed.prefix.trim() || undefined : parsed.prefix + name
}

const nameIn = (engine: Engine | undefined, raw: RawName, scope: FunctionScope, stack: StackNames): string => {
  if (engine !== 'gecko' && engine !== 'jsc') return v8Name(raw, scope, stack)
  if (engine === 'gecko' && raw.name !== undefined && hasComputedKey(scope)) return raw.name
  return engine === 'gecko' ? scope.name || scope.gecko : jscName(raw, scope)
}

/** Only the engine knows what the key was at run time. */
const hasComputedKey = ({ kind, name, inferred }: FunctionScope): boolean =>
  name === '' && (inferred.endsWith('<computed>') || (kind === 'method' && inferred === ''))

/**
 * Safari prints accessors without "get", and no name for functions in fields and under symbols, nor for those that hide it.
 * Observed in WebKitGTK 2.50.
 */
const jscName = (raw: RawName, scope: FunctionScope): string =>
  raw.name === undefined && (scope.hidesName || scope.kind === 'method') ? '' : scope.name.replace(/^[gs]et /, '')

// V8, CallSiteInfo serialisation (messages.cc and call-site-info.cc, read 2026): the type of the receiver stands before names that
// are identifiers, the property by which the function was called behind those that do not end with it.
const v8Name = (raw: RawName, scope: FunctionScope, stack: StackNames): string => {
  const name = scope.name || scope.inferred
  if (raw.constructs)
    return `new ${(scope.kind === 'function' || scope.kind === 'constructor' ? name : scope.className) || '<anonymous>'}`
  if (raw.type === undefined) return name
  const type = typeName(raw.type, scope, stack)
  const typed = (member: string): string => (type === undefined ? member : `${type}.${member}`)
  if (name === '' || (scope.name === '' && name.endsWith('<computed>'))) return typed(raw.name ?? '<anonymous>')
  if (isInlined(raw, scope, name)) return name
  const shown = isIdentifier(name) ? typed(name) : name
  return raw.alias === undefined || endsWithMethod(name, raw.alias) ? shown : `${shown} [as ${raw.alias}]`
}

/** A plain function whose text a minifier put into a method: the receiver is the method's. */
const isInlined = (raw: RawName, scope: FunctionScope, name: string): boolean =>
  scope.kind === 'function' &&
  raw.alias === undefined &&
  (raw.name?.length ?? 0) > 3 &&
  !endsWithMethod(name, raw.name!)

const endsWithMethod = (name: string, method: string): boolean =>
  name === method || name.endsWith(`.${method}`) || name.endsWith(` ${method}`)

/** The constructor that V8 saw, in the words of the source: minifiers shorten classes, but nothing of the platform. */
const typeName = (type: string, scope: FunctionScope, stack: StackNames): string | undefined => {
  const known = stack.classOf(type)
  if (known !== undefined) return known
  if (type === scope.className || type.length > 3 || SHORT_PLATFORM_TYPES.has(type)) return type
  return scope.className === '' ? undefined : scope.className
}

const SHORT_PLATFORM_TYPES = new Set(['Map', 'Set', 'URL', 'GPU', 'USB', 'HID', 'Ink'])
