import type { ResolvedFrame } from '@foghorn/symbolicate'
import type { Headline, SymbolicatedEvent } from '../event.ts'

const TITLE_CHARS = 250

const firstLine = (text: string): string => text.split('\n', 1)[0]!.trim().slice(0, TITLE_CHARS)

/** The frame that a person would look at first: the nearest of our own code. Stacks list the oldest call first. */
export const topFrame = (stack: readonly ResolvedFrame[]): ResolvedFrame | undefined =>
  stack.findLast((frame) => frame.inApp) ?? stack.at(-1)

const messageOf = ({ payload }: SymbolicatedEvent): string =>
  payload.logentry?.formatted ??
  payload.message ??
  payload.logentry?.message ??
  payload.exception.at(-1)?.value ??
  '<no message>'

const culpritOf = (frame: ResolvedFrame | undefined): string | undefined => {
  if (!frame?.filename) return undefined
  return frame.function ? `${frame.function} (${frame.filename})` : frame.filename
}

/** Title and place of an event: those of the error that was thrown, not of its causes. */
export const headline = (event: SymbolicatedEvent): Headline => {
  const thrown = event.payload.exception.at(-1)
  const frame = topFrame(event.stacks.at(-1) ?? [])
  const culprit = culpritOf(frame) ?? event.payload.transaction ?? ''
  if (!thrown || event.kind === 'default') return { title: firstLine(messageOf(event)), culprit, metadata: {} }
  const value = firstLine(thrown.value ?? '')
  const type = thrown.type ?? 'Error'
  return {
    title: value === '' ? type : `${type}: ${value}`.slice(0, TITLE_CHARS),
    culprit,
    metadata: {
      type,
      value,
      ...(frame?.filename !== undefined && { filename: frame.filename }),
      ...(frame?.function !== undefined && { function: frame.function }),
    },
  }
}
