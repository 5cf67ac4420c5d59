import { createHash } from 'node:crypto'
import type { ExceptionValue } from '@foghorn/protocol'
import type { ResolvedFrame } from '@foghorn/symbolicate'
import type { Grouping, GroupingKey, SymbolicatedEvent } from '../event.ts'
import { canonicalMessage } from './canonical-message.ts'
import { stableBaseName, stablePath } from './stable-path.ts'

const FRAMES = 8
const LINE_CHARS = 120

const keyFrom = (variant: GroupingKey['variant'], parts: string[]): GroupingKey => ({
  variant,
  parts,
  hash: createHash('sha256')
    .update(JSON.stringify([variant, ...parts]))
    .digest('hex')
    .slice(0, 32),
})

const lastName = (name: string): string =>
  name
    .split('.')
    .at(-1)!
    .replace(/^(?:async|new|get|set) /, '')

const isNamed = (name: string | undefined): name is string => name !== undefined && name !== '' && !/^[?<]/.test(name)

/** Lines and columns move with every edit, so a frame is its file and its function, or its source line when it has no name. */
const framePart = (frame: ResolvedFrame): string => {
  const where = isNamed(frame.function)
    ? lastName(frame.function)
    : (frame.contextLine ?? '').trim().slice(0, LINE_CHARS)
  return `${stablePath(frame.filename ?? '')} ${where}`
}

const isOriginal = (frame: ResolvedFrame): boolean => frame.inApp && frame.resolution.status === 'resolved'

/** The nearest frames of our own code; recursion counts once, however deep. */
const frameParts = (stack: readonly ResolvedFrame[]): string[] => {
  const parts = stack.filter(isOriginal).map(framePart)
  return parts.filter((part, index) => part !== parts[index - 1]).slice(-FRAMES)
}

const typeOf = (exception: ExceptionValue): string =>
  exception.mechanism?.synthetic === true ? '<synthetic>' : (exception.type ?? 'Error')

const framesKey = (event: SymbolicatedEvent): GroupingKey | undefined => {
  const parts = event.payload.exception.flatMap((exception, index) => {
    const frames = frameParts(event.stacks[index] ?? [])
    return frames.length > 0 ? [typeOf(exception), ...frames] : []
  })
  return parts.length > 0 ? keyFrom('frames', parts) : undefined
}

const topScript = (stack: readonly ResolvedFrame[] | undefined): string | undefined => {
  const top = stack?.findLast((frame) => frame.filename !== undefined)
  return top && stableBaseName(top.absPath ?? top.filename!)
}

const text = (event: SymbolicatedEvent): string =>
  event.payload.logentry?.message ?? event.payload.message ?? event.payload.exception.at(-1)?.value ?? ''

const messageKey = (event: SymbolicatedEvent): GroupingKey => {
  const thrown = event.payload.exception.at(-1)
  if (!thrown || event.kind === 'default') return keyFrom('message', ['<message>', canonicalMessage(text(event))])
  const script = topScript(event.stacks.at(-1))
  const message = canonicalMessage(thrown.value ?? '')
  return keyFrom('message', [typeOf(thrown), message, ...(script === undefined ? [] : [script])])
}

/** Frames of the original code when there are any, and always the message, so that events with and without maps meet. */
const defaultKeys = (event: SymbolicatedEvent): GroupingKey[] => {
  const frames = event.kind === 'error' ? framesKey(event) : undefined
  return frames ? [frames, messageKey(event)] : [messageKey(event)]
}

const DEFAULT_PART = /^\{\{\s*default\s*\}\}$/

const customKey = (fingerprint: readonly string[], event: SymbolicatedEvent): GroupingKey => {
  const parts = fingerprint.flatMap((part) => (DEFAULT_PART.test(part) ? defaultKeys(event)[0]!.parts : [part]))
  return keyFrom('custom', parts)
}

const isOnlyDefault = (fingerprint: readonly string[]): boolean =>
  fingerprint.length === 0 || (fingerprint.length === 1 && DEFAULT_PART.test(fingerprint[0]!))

/** Version 1: the client's fingerprint, else original in-app frames, else the message as every engine would word it. */
export const byFrames = (event: SymbolicatedEvent): Grouping => {
  const { fingerprint } = event.payload
  const keys = fingerprint && !isOnlyDefault(fingerprint) ? [customKey(fingerprint, event)] : defaultKeys(event)
  return { version: 1, keys }
}
