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

/** Names that engines give to code outside of functions. */
export const isCodeName = (name: string | undefined): boolean =>
  name !== undefined && /^(global|module|eval) code$/.test(name)

export const parseRawName = (printed: string | undefined): RawName => {
  const [, prefix = '', rest = ''] = /^((?:[\w .]+\*)+|async (?=\S))?(.*)$/s.exec(printed?.trim() ?? '') ?? []
  const [, constructs, named = '', alias] = /^(new )?(.*?)(?: \[as (.+)\])?$/s.exec(rest) ?? []
  const [, type, member] = /^([\p{ID_Start}$_][\p{ID_Continue}$]*)\.([^.]+)$/u.exec(named) ?? []
  const name = member ?? named
  return { prefix, constructs: constructs !== undefined, type, name: ANONYMOUS.has(name) ? undefined : name, alias }
}
