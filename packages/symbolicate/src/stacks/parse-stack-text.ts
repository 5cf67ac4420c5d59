import type { RawFrame } from '../frames/frame.ts'
import { detectEngine, type StackStyle } from '../names/engine.ts'
import { parseFrameLine, type FrameLine } from './frame-line.ts'

/** One stack out of a text. */
export interface ParsedException {
  type?: string
  value?: string
  /** In the order of the text: the place of the error first. */
  frames: RawFrame[]
  /** Whose way of writing stacks it is. */
  engine: StackStyle
}

/** Longest message that is looked for above a stack, in lines. */
const MAX_MESSAGE_LINES = 20

/**
 * Reads stacks of any engine out of pasted text: one exception for each stack, causes too. Lines around them (logs,
 * time stamps, prose) are passed over.
 */
export const parseStackText = (text: string): ParsedException[] => {
  const lines = text.split(/\r\n|\n|\r/)
  const exceptions: ParsedException[] = []
  let from = 0
  for (let at = 0; at < lines.length; at++) {
    const block = frameBlock(lines, at)
    if (block.length === 0) continue
    exceptions.push(exception(headline(lines, from, at), block))
    at += block.length
    from = at
    at--
  }
  return exceptions
}

const frameBlock = (lines: readonly string[], from: number): FrameLine[] => {
  const block: FrameLine[] = []
  for (let at = from; at < lines.length; at++) {
    const line = parseFrameLine(lines[at]!)
    // Two stacks may follow each other without a line between them: another engine's form starts the next.
    if (!line || (block.length > 0 && (line.engine === 'v8') !== (block[0]!.engine === 'v8'))) break
    block.push(line)
  }
  return block
}

const exception = (head: Pick<ParsedException, 'type' | 'value'>, block: readonly FrameLine[]): ParsedException => {
  const frames = block.map((line) => line.frame)
  const engine = block[0]!.engine === 'v8' ? 'v8' : (detectEngine(frames, 'gecko-or-jsc') ?? 'gecko-or-jsc')
  return { ...head, frames, engine }
}

const HEAD =
  /(?:^|[\s:>\]"'(])((?:Uncaught |Unhandled )?(?:\(in promise\) )?)?([A-Z][\w$.]*(?:Error|Exception|Rejection|Failure|Warning)|(?:Aggregate|DOM)?(?:Error|Exception)|Error)(?: \[[^\]]*\])?(?:: (.*))?$/

/** Type and message, which stand above the frames; a message may have several lines. */
const headline = (lines: readonly string[], from: number, frames: number): Pick<ParsedException, 'type' | 'value'> => {
  for (let at = frames - 1; at >= Math.max(from, frames - MAX_MESSAGE_LINES); at--) {
    const match = HEAD.exec(lines[at]!.trimEnd())
    if (!match) continue
    const value = [match[3], ...lines.slice(at + 1, frames)]
      .filter((line) => line !== undefined)
      .join('\n')
      .trimEnd()
    return { type: match[2]!, ...(value === '' ? {} : { value }) }
  }
  return plainHeadline(lines[frames - 1], frames > from)
}

/** Errors of the project's own, whose names end in nothing special: `Timeout: no answer`. */
const plainHeadline = (line: string | undefined, present: boolean): Pick<ParsedException, 'type' | 'value'> => {
  const match =
    present &&
    line !== undefined &&
    /^(?:.*\s)?(?:Uncaught |Caused by: |\[cause\]: )?([A-Z][\w$]*): (.+)$/.exec(line.trim())
  if (match) return { type: match[1]!, value: match[2]! }
  return present && line !== undefined && line.trim() !== '' ? { value: line.trim() } : {}
}
