import type { RawFrame } from '../frames/frame.ts'

/** The JavaScript engine that printed a stack: V8 (Chromium), SpiderMonkey (Firefox), JavaScriptCore (Safari). */
export type Engine = 'v8' | 'gecko' | 'jsc'

/** An engine, or as much as the way of writing alone tells: SpiderMonkey and JavaScriptCore both write `name@url:1:2`. */
export type StackStyle = Engine | 'gecko-or-jsc'

const SIGNS: [Engine, RegExp][] = [
  ['gecko', /[/<]$|\/[^\s]*<|^[\w .]+\*/],
  ['jsc', /^(global|module|eval) code$/],
  [
    'v8',
    /^(new|async) |\.<anonymous>$|<(anonymous|\w+_initializer)>$| \[as .+\]$|^[\p{ID_Start}$_][\w$]*\.[\p{ID_Start}$_#<[]/u,
  ],
]

/**
 * Which engine printed the names of a stack; undefined when nothing in them tells.
 *
 * @param style - `gecko-or-jsc` for a stack written `name@url:1:2`: not V8's, though a function may be called `a.b`.
 */
export const detectEngine = (frames: readonly RawFrame[], style?: StackStyle): Engine | undefined => {
  if (style !== undefined && style !== 'gecko-or-jsc') return style
  if (frames.some((frame) => frame.filename === '[native code]')) return 'jsc'
  for (const [engine, sign] of SIGNS) {
    if (engine === 'v8' && style !== undefined) continue
    if (frames.some((frame) => frame.function !== undefined && sign.test(frame.function))) return engine
  }
  return undefined
}
