import parserModule from 'error-stack-parser'
import type { StackFrame } from '@foghorn/protocol'
import { maskSecrets } from './mask.ts'

// error-stack-parser's patterns take seconds on long or odd lines (stacktracejs/error-stack-parser#57, open in 2026-11),
// so it only ever sees short lines of a shape that we know, with a placeholder for the address. The address comes
// from the original line, where the parentheses in it are still there.
const MAX_CHARS = 32_768
const MAX_LINES = 60
const MAX_LINE_CHARS = 1024
const MAX_KNOWN = 50

/** Tells what calls through our own proxies leave in the page's stacks, where there are such proxies. */
export const own: { line?: () => string } = {}

interface Parsed {
  functionName?: string
  lineNumber?: number
  columnNumber?: number
}
interface Parser {
  default?: Parser
  parseV8OrIE(error: { stack: string }): Parsed[]
}

// `at name (location)`, `at location`. Of nested calls of `eval` the innermost parentheses hold the real script.
const CHROMIUM = /^at (?:async )?(?:(.*) \()?(.*)$/
// `name@location`. Names may hold an `@`, and so may addresses: the one before a scheme is the border.
const GECKO = /^(.*?)@((?:[\w-]+:|<|\[|$).*|[^@]*)$/

/** Code without an address of its own gets that of the script that made it, and WebAssembly a line and column. */
const mend = (location: string): string =>
  location
    .replace(/\), .*/, '')
    .replace(/^.*> injectedScript/, '<anonymous>')
    .replace(/ line (\d+) > .*/, ':$1')
    // Source maps of WebAssembly have one line, whose columns are byte offsets from 0.
    .replace(/:wasm-function\[\d+\]:0x(\w+)$/, (_, offset: string) => `:1:${Number.parseInt(offset, 16) + 1}`)

/** A frame of a line that was recognised. */
const frameOf = (found: string[] | null): StackFrame | undefined => {
  if (!found) return
  const [, name = '', rest = ''] = found
  const location = /[ [)]/.test(rest) ? mend(rest.replace(/\)$/, '')) : rest
  // `:line:column`, a part of it, or nothing.
  const [position] = /(:\d+){0,2}$/.exec(location)!
  const address = location.slice(0, location.length - position!.length)
  // 3.0.0 sets `module.exports.default` without `__esModule`, so that it lies one level deep unless a bundler mends it.
  const parser = parserModule as unknown as Parser
  const stack = `at ${name.split(' (eval at ')[0]} (u${position || ':0'})`
  const [parsed] = (parser.default ?? parser).parseV8OrIE({ stack })
  // `<anonymous>`, `[native code]`, `index 0` of Promise.all, and WebKit's nothing for code from `eval`.
  const isScript = !/^([<[]|native|index |$)/.test(address)
  return {
    function: parsed!.functionName || '?',
    filename: isScript ? maskSecrets(address) : '<anonymous>',
    lineno: Number(parsed!.lineNumber) || undefined,
    colno: Number(parsed!.columnNumber) || undefined,
    in_app: isScript,
  }
}

/** Address of the script on top of the stack, frames of the browser itself aside. */
export const crashFile = (frames: StackFrame[] | undefined): string | undefined =>
  frames?.findLast((frame) => frame.in_app)?.filename

/** Chromium writes `name: message` before the frames, or in their place; a message can look like frames itself. */
const withoutMessage = (stack: string, message: string): string => {
  const at = stack.indexOf(message)
  const rest = stack.slice(at + message.length)
  // Not found (-1) leaves before it all but the last character, which is no border either.
  return /^(.*: )?$/.test(stack.slice(0, at)) && /^(\n|$)/.test(rest) ? rest : stack
}

const framesOf = (text: string): StackFrame[] => {
  const form = /^\s+at /m.test(text) ? CHROMIUM : GECKO
  const ownLine = own.line?.()
  return text
    .split('\n', MAX_LINES)
    .flatMap((untrimmed) => {
      const line = untrimmed.trim()
      if (line === ownLine || line.length > MAX_LINE_CHARS) return []
      return frameOf(form.exec(line)) ?? []
    })
    .toReversed()
}

// The same errors come again and again: what was read of a stack.
const known = new Map<string, StackFrame[]>()

/** Reads the text of `Error.stack` in the form of any engine. Oldest call first, positions count from 1. */
export const parseStack = (stack: string, message = ''): StackFrame[] => {
  const text = withoutMessage(stack.slice(0, MAX_CHARS), message)
  if (known.size > MAX_KNOWN) known.clear()
  if (!known.has(text)) known.set(text, framesOf(text))
  // Copies: the page's hooks may change them.
  return known.get(text)!.map((frame) => ({ ...frame }))
}
