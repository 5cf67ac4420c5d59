import type { Comparison, Difference } from './compare.ts'

/** A difference that no map can take away, and why. */
export interface Known {
  case: RegExp
  /** Tells the frame apart from others of the case. */
  expected: RegExp
  /** The builds that show it; every one when absent. */
  build?: RegExp
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

/** Names in Firefox and Safari; read from the raw stacks of WebKitGTK 2.50. */
export const KNOWN_NAMES_ELSEWHERE: readonly Known[] = [
  {
    case: /^lazy: default export$/,
    expected: /^starDefault /,
    reason: 'Safari prints its own word for a default export that has no name; it is called `default`, as elsewhere',
  },
  {
    case: /^classes: static block$/,
    expected: /^makesStaticBlock /,
    reason: 'Safari puts the caller of a static block on the word `class`, as it does the implicit constructor',
  },
  {
    case: /^objects: proxy trap$/,
    expected: /^proxy trap /,
    reason: 'Terser and SWC map nothing of the property behind the proxy, so that its place is that of the trap',
  },
  {
    case: /^(asynchronous: executor|functions: arrow callback)$/,
    expected: /^(executor|usesCallbacks) /,
    build: /^rolldown$/,
    reason: 'sloppy code has a frame more on the same line, see below, and the first of the two is compared',
  },
]

/** Lines in Firefox and Safari; read from the raw stacks and the built scripts, Firefox 153 and WebKitGTK 2.50. */
export const KNOWN_ELSEWHERE: readonly Known[] = [
  {
    case: /./,
    expected: /^record main\.js:22|^<anonymous> main\.js:31/,
    reason:
      'Safari prints async functions twice; the outer frame stands at the parameters, or behind the end where all of the function is on one line, and no tool maps either',
  },
  {
    case: /^functions: declared$/,
    expected: /^no frame$/,
    reason: 'the same frame, where the one that is no match for it stands at the end of the stack',
  },
  {
    case: /./,
    expected: /^<anonymous> (main\.js:24|classes\.ts:63)|^no frame$/,
    build: /^rolldown$/,
    reason:
      'Safari leaves out strict functions that end in a call (proper tail calls); Rolldown makes sloppy code of classic scripts, where these frames stand',
  },
  {
    case: /^classes: (private )?field arrow$/,
    expected: /^<anonymous> classes\.ts:6/,
    build: /classic|^rolldown$/,
    reason:
      'Safari does not count the columns before the function around the class when it places a function of a field: 9 before `!function(` and `(function(`, 14 before `"use strict";(`',
  },
  {
    case: /^classes: static block$/,
    expected: /^(makesStaticBlock|<anonymous>) classes\.ts:16/,
    reason:
      'Firefox places the caller at the head of the function around the class; Safari places the block at column 50 of every build, whatever stands there',
  },
  {
    case: /^classes: base constructor$/,
    expected: /^base constructor classes\.ts:181/,
    reason: 'the class is put in the place of its only use, and Safari points at the end of its text',
  },
  {
    case: /^functions: read of undefined$/,
    expected: /^readsUndefined /,
    build: /swc/,
    reason: 'SWC leaves `(void 0).property` of the function, and all of it but the property is the caller’s',
  },
]

/** Frames of methods that a subclass inherits: only the script knows what the class of the receiver is called. */
export const isInheritedMethod = ({ expected, actual }: Difference): boolean =>
  expected.replace(/\bDerived\./, 'Base.') === actual && expected !== actual

export const unexplained = (
  { build, ...differences }: Comparison,
  kind: 'lines' | 'columns' | 'names',
  known: readonly Known[],
): Difference[] =>
  differences[kind].filter(
    (difference) =>
      !known.some(
        (entry) =>
          entry.case.test(difference.case) &&
          entry.expected.test(difference.expected) &&
          (entry.build?.test(build) ?? true),
      ),
  )
