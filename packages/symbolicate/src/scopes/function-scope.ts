/** What a function is, as far as engines print it differently. */
export const SCOPE_KINDS = ['function', 'method', 'getter', 'setter', 'constructor', 'field', 'static-block'] as const
export type ScopeKind = (typeof SCOPE_KINDS)[number]

/** One function of a source text and what it is called. Lines and columns are 0-based, columns in UTF-16 units. */
export interface FunctionScope {
  startLine: number
  startColumn: number
  endLine: number
  /** Exclusive. */
  endColumn: number
  /** Index of the enclosing function in the table, -1 for none. */
  parent: number
  kind: ScopeKind
  /**
   * An async function or generator that is named by where it stands. Its body runs as a function of its own, to which
   * Safari gives the names of declarations, methods and named expressions only (WebKitGTK 2.50).
   */
  hidesName: boolean
  /** `Function.prototype.name` as ECMAScript defines it; empty for an anonymous function. */
  name: string
  /** What V8 prints for an anonymous function that is assigned somewhere: `obj.prop`, `Foo.bar`. */
  inferred: string
  /** What SpiderMonkey prints instead of the name: `outer/<`, `obj.prop`. Empty when it prints the name. */
  gecko: string
  /** The class of a method, field or constructor. */
  className: string
  /** What an anonymous function is to its surroundings: `useEffect callback`, `render callback`. */
  role: string
}
