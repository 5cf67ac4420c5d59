import type { Difference } from './compare.ts'

/** A difference that no map can take away, and why. */
export interface Known {
  case: RegExp
  /** Tells the frame apart from others of the case. */
  expected: RegExp
  reason: string
}

export const KNOWN_COLUMNS: readonly Known[] = [
  {
    case: /^functions: undeclared$/,
    expected: /^readsUndeclared /,
    reason: 'V8 reports an undeclared variable at its statement, and minifiers turn the statement into an expression',
  },
  {
    case: /^classes: static block$/,
    expected: /^makesStaticBlock /,
    reason: 'V8 reports the head of the function that holds the class, which no tool maps',
  },
  {
    case: /^classes: setter$/,
    expected: /^setter /,
    reason: 'SWC maps nothing of an assignment behind a constructor call',
  },
]

export const KNOWN_NAMES: readonly Known[] = [
  {
    case: /^objects: call with receiver$/,
    expected: /^Legacy\.shorthand /,
    reason: 'the receiver was made by a function, and functions with short names are too many to tell which',
  },
  {
    case: /^objects: alias$/,
    expected: /^Object\.plain \[as renamed\] /,
    reason: 'the minifier put the function into the property, so that V8 has no other name to print beside it',
  },
  {
    case: /^objects: alias$|mangled/,
    expected: /\[as /,
    reason: 'the property was renamed, and nothing in the stack tells what it was called',
  },
  { case: /^lazy: /, expected: /^helper /, reason: 'inlined into an exported function, whose receiver is printed' },
  { case: /^lazy: /, expected: /^Module\./, reason: 'bundlers put a plain object in the place of a module namespace' },
  {
    case: /^objects: module pattern$/,
    expected: /^secret /,
    reason: 'inlined into a method, whose receiver is printed',
  },
  {
    case: /^asynchronous: /,
    expected: /^async Object\.fetchAll /,
    reason: 'Terser dissolves the object and calls its function without a receiver',
  },
]

/** Lines in Firefox and Safari. */
export const KNOWN_ELSEWHERE: readonly Known[] = [
  {
    case: /^classes: (static block|base constructor)$/,
    expected: /./,
    reason: 'engines place implicit functions of classes differently after minification',
  },
  {
    case: /^classes: (private )?field arrow$/,
    expected: /./,
    reason:
      'WebKitGTK 2.50 gives a place nine columns before the call where the arrow of a field has no line of its own',
  },
  {
    case: /./,
    expected: /^(record|fetchAll|run|start|second|third|consume) |^async |^<anonymous> main\.js/,
    reason: 'Safari prints async functions twice, the outer frame at the head of the function, which no tool maps',
  },
  {
    case: /^(lazy: |functions: declared$)/,
    expected: /^no frame$/,
    reason:
      'Safari leaves out strict functions that end in a call (proper tail calls); minifiers take calls out of that place',
  },
  {
    case: /^functions: read of undefined$/,
    expected: /^readsUndefined /,
    reason:
      'SWC merges the function into its caller, and Safari points at the statement there, which is all the caller’s',
  },
]

/** Frames of methods that a subclass inherits: only the script knows what the class of the receiver is called. */
export const isInheritedMethod = ({ expected, actual }: Difference): boolean =>
  expected.replace(/\bDerived\./, 'Base.') === actual && expected !== actual

export const unexplained = (differences: readonly Difference[], known: readonly Known[]): Difference[] =>
  differences.filter(
    (difference) =>
      !known.some((entry) => entry.case.test(difference.case) && entry.expected.test(difference.expected)),
  )
