import type { Engine } from './engine.ts'

/** A function as an engine printed it, taken apart. */
export interface RawName {
  /** `async ` of V8, `async*` or `setTimeout handler*` of SpiderMonkey; printed again as it was. */
  prefix: string
  /** `new`. */
  constructs: boolean
  /** What V8 prints before the dot: the constructor of the receiver. */
  type: string | undefined
  /** The rest; undefined for an anonymous function. */
  name: string | undefined
  /** `[as y]`: the property by which the function was called. */
  alias: string | undefined
}

const ANONYMOUS = new Set(['', '?', '<anonymous>', 'anonymous', '{anonymous}', '<unknown>'])

const ANONYMOUS_NAME: RawName = { prefix: '', constructs: false, type: undefined, name: undefined, alias: undefined }

/** Names that engines give to code outside of functions. */
export const isCodeName = (name: string | undefined): boolean =>
  name !== undefined && /^(global|module|eval) code$/.test(name)

/** @param engine - Only V8 writes `async`, `new` and `[as y]`; elsewhere they are part of a property's name. */
export const parseRawName = (printed: string | undefined, engine?: Engine): RawName => {
  if (engine === 'gecko' || engine === 'jsc') return plainRawName(printed ?? '')
  // "at async url:1:2": an anonymous async function.
  if (printed === 'async') return { ...ANONYMOUS_NAME, prefix: 'async ' }
  const [, prefix = '', rest = ''] = /^((?:[\w .]+\*)+|async (?=\S))?(.*)$/s.exec(printed?.trim() ?? '') ?? []
  const [, constructs, named = '', alias] = /^(new )?(.*?)(?: \[as (.+)\])?$/s.exec(rest) ?? []
  const [, type, member] = /^([\p{ID_Start}$_][\p{ID_Continue}$]*)\.([^.]+)$/u.exec(named) ?? []
  const name = member ?? named
  return { prefix, constructs: constructs !== undefined, type, name: ANONYMOUS.has(name) ? undefined : name, alias }
}

const plainRawName = (printed: string): RawName => {
  const [, prefix = '', name = ''] = /^((?:[\w .]+\*)+)?(.*)$/s.exec(printed.trim()) ?? []
  return { ...ANONYMOUS_NAME, prefix, name: ANONYMOUS.has(name) ? undefined : name }
}
