import { createHash } from 'node:crypto'
import type { ExceptionValue } from '@foghorn/protocol'
import type { ResolvedFrame } from '@foghorn/symbolicate'
import type { Grouping, GroupingKey, SymbolicatedEvent } from '../event.ts'
import { canonicalMessage } from './canonical-message.ts'
import type { Wording } from './engine-wordings.ts'
import { KNOWN, knownFault } from './known-faults.ts'
import { notCounted } from './not-counted.ts'
import { stablePath, stableScriptName } from './stable-path.ts'

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

/** The function as no engine decorates it; one without a name by the named one around it and what it is for there. */
const functionOf = ({ resolution, function: printed }: ResolvedFrame): string | undefined => {
  if (resolution.status !== 'resolved') return printed
  if (isNamed(resolution.name)) return resolution.name
  return isNamed(resolution.within) ? `${resolution.within} > ${resolution.role ?? ''}` : printed
}

/** Lines and columns move with every edit, so a frame is its file and its function, or its source line when it has no name. */
const framePart = (frame: ResolvedFrame): string => {
  const name = functionOf(frame)
  const where = isNamed(name) ? lastName(name) : (frame.contextLine ?? '').trim().slice(0, LINE_CHARS)
  return `${stablePath(frame.filename ?? '')} ${where}`
}

const isOriginal = (frame: ResolvedFrame): boolean => frame.inApp && frame.resolution.status === 'resolved'

/** The nearest frames of our own code; recursion counts once, however deep. */
const frameParts = (stack: readonly ResolvedFrame[]): string[] => {
  const parts = stack.filter(isOriginal).map(framePart)
  return parts.filter((part, index) => part !== parts[index - 1]).slice(-FRAMES)
}

const isSynthetic = (exception: ExceptionValue): boolean => exception.mechanism?.synthetic === true

// Firefox has a type of its own for a stack that is full.
const ENGINE_TYPES = new Map([['InternalError', 'RangeError']])

const typeOf = (exception: ExceptionValue): string =>
  isSynthetic(exception) ? '<synthetic>' : (ENGINE_TYPES.get(exception.type ?? '') ?? (exception.type || 'Error'))

// Deeper chains are loops or noise.
const CHAIN = 10

interface Link {
  type: string
  /** 1 for the members of an AggregateError: their order and number vary. */
  isMember: boolean
  frames: string[]
}

const linksOf = (event: SymbolicatedEvent): Link[] =>
  event.payload.exception
    .map((exception, index) => ({
      type: typeOf(exception),
      isMember: /^errors\[\d{1,9}\]$/.test(exception.mechanism?.source ?? ''),
      frames: frameParts(event.stacks[index] ?? []),
    }))
    .slice(-CHAIN)

/** The causes with their frames, then the error that was thrown. What came together in one AggregateError counts once each. */
const framesKey = (event: SymbolicatedEvent): GroupingKey | undefined => {
  const links = linksOf(event)
  if (links.every(({ frames }) => frames.length === 0)) return undefined
  const members = links.filter(({ isMember }) => isMember).map(({ type, frames }) => [type, ...frames].join('\n'))
  const chain = links.filter(({ isMember }) => !isMember)
  return keyFrom('frames', [
    ...[...new Set(members)].sort().flatMap((member) => member.split('\n')),
    ...chain.flatMap(({ type, frames }) => [type, ...frames]),
  ])
}

/** The script as the browser names it: the same with maps and without. */
const topScript = (exception: ExceptionValue): string | undefined => {
  const top = exception.stacktrace?.frames.findLast((frame) => isScript(frame.abs_path ?? frame.filename))
  return top && stableScriptName(top.abs_path ?? top.filename!)
}

const isScript = (url: string | undefined): boolean => url !== undefined && url !== '' && !/^[<[]/.test(url)

// Templates come before what was made of them: their parameters differ each time.
const text = ({ payload }: SymbolicatedEvent): string =>
  payload.logentry?.message ?? payload.message ?? payload.exception.at(-1)?.value ?? ''

type Wordings = readonly Wording[]

const messageKey = (event: SymbolicatedEvent, wordings: Wordings): GroupingKey => {
  const thrown = event.payload.exception.at(-1)
  if (!thrown || event.kind === 'default')
    return keyFrom('message', ['<message>', canonicalMessage(text(event), wordings)])
  const message = canonicalMessage(thrown.value ?? '', wordings)
  const known = knownFault(thrown, message, event.payload.transaction)
  if (known) return keyFrom('message', known)
  const script = topScript(thrown)
  return keyFrom('message', [typeOf(thrown), message, ...(script === undefined ? [] : [script])])
}

/** Frames of the original code when there are any, and always the message, so that events with and without maps meet. */
const defaultKeys = (event: SymbolicatedEvent, wordings: Wordings): GroupingKey[] => {
  const message = messageKey(event, wordings)
  if (event.kind !== 'error' || message.parts[0] === KNOWN) return [message]
  const frames = framesKey(event)
  return frames ? [frames, message] : [message]
}

const PARTS = 16
const PART_CHARS = 256
const DEFAULT_PART = /^\{\{\s*default\s*\}\}$/

const customKey = (fingerprint: readonly string[], byDefault: () => GroupingKey[]): GroupingKey => {
  const parts = fingerprint
    .slice(0, PARTS)
    .flatMap((part) => (DEFAULT_PART.test(part) ? byDefault()[0]!.parts : [part.slice(0, PART_CHARS)]))
  return keyFrom('custom', parts)
}

const isOnlyDefault = (fingerprint: readonly string[]): boolean =>
  fingerprint.length === 0 || (fingerprint.length === 1 && DEFAULT_PART.test(fingerprint[0]!))

/** Which events are one issue, by the project's rule or by what the event itself says. */
export type Algorithm = (event: SymbolicatedEvent, ofRule?: readonly string[]) => Grouping

/**
 * The client's or a rule's fingerprint; else faults of the page's surroundings that are one whatever the stack; else
 * original in-app frames; else the message as every engine would word it.
 */
export const byFrames =
  ({ version, wordings }: { version: number; wordings: Wordings }): Algorithm =>
  (event, ofRule = []) => {
    const { fingerprint: ofClient = [] } = event.payload
    const fingerprint = [ofClient, ofRule].find((one) => !isOnlyDefault(one))
    const byDefault = (): GroupingKey[] => defaultKeys(event, wordings)
    const keys = fingerprint ? [customKey(fingerprint, byDefault)] : byDefault()
    return { version, keys, ignored: notCounted(event, keys[0]!) }
  }
