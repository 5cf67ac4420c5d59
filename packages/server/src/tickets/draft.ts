import type { ResolvedFrame } from '@foghorn/symbolicate'
import { plainLine } from '../alerts/plain-text.ts'
import type { StoredEvent } from '../stored-event.ts'

/** A piece of a ticket's text. Each system writes it in its own markup, and escapes what stands in it. */
export type Block =
  | { type: 'text'; text: string }
  | { type: 'facts'; facts: readonly (readonly [name: string, value: string])[] }
  /** Lines as they are. */
  | { type: 'code'; text: string }
  | { type: 'link'; text: string; url: string }

const TITLE_CHARS = 200
const LINE_CHARS = 500
const FRAMES = 20
/** Frames that are shown with their line of the source. */
const WITH_SOURCE = 5
const CODE_CHARS = 6000

const line = (text: string): string => plainLine(text, LINE_CHARS)

export const titleOf = (title: string): string => plainLine(title, TITLE_CHARS)

export const text = (words: string): Block => ({ type: 'text', text: line(words) })

const frameLines = ({ function: name, filename, lineno, colno, contextLine }: ResolvedFrame, withSource: boolean) => {
  const place = [filename ?? '?', lineno, colno].filter((part) => part !== undefined).join(':')
  const source = withSource && contextLine !== undefined ? line(contextLine) : ''
  return [`    at ${line(name ?? '?')} (${line(place)})`, ...(source === '' ? [] : [`       > ${source}`])]
}

/** Own frames, the throwing one first; all of them where none is. */
const ownFrames = (stack: readonly ResolvedFrame[]): ResolvedFrame[] => {
  const own = stack.filter(({ inApp }) => inApp)
  return (own.length > 0 ? own : [...stack]).toReversed().slice(0, FRAMES)
}

const linesOf = ({ payload, stacks }: StoredEvent): string[] =>
  payload.exception.flatMap(({ type, value }, index) => [
    line([type, value].filter(Boolean).join(': ')),
    ...ownFrames(stacks[index] ?? []).flatMap((frame, place) => frameLines(frame, place < WITH_SOURCE)),
  ])

/** The stack as it is in the source, the outermost exception first; empty for what has none. */
export const stackOf = (event: StoredEvent | undefined): Block[] => {
  const lines = event ? linesOf(event) : []
  const kept: string[] = []
  let size = 0
  for (const one of lines) {
    size += one.length + 1
    if (size > CODE_CHARS) break
    kept.push(one)
  }
  return kept.length === 0 ? [] : [{ type: 'code', text: kept.join('\n') }]
}

/** What is known of an issue, a line for each. */
export const facts = (rows: readonly (readonly [name: string, value: string | null])[]): Block => ({
  type: 'facts',
  facts: rows.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, line(value)] as const])),
})
