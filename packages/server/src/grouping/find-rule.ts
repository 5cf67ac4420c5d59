import type { ResolvedFrame } from '@foghorn/symbolicate'
import type { SymbolicatedEvent } from '../event.ts'
import { matchesGlob } from '../ingest/glob.ts'
import type { GroupingRule } from './rule.ts'

type Matcher = GroupingRule['matchers'][number]

// A glob's time grows with the product of both lengths.
const COMPARED_CHARS = 2000

const fileNames = ({ filename, absPath }: ResolvedFrame): (string | undefined)[] => [filename, absPath]

const textsOf = (event: SymbolicatedEvent, { on, tag }: Matcher): (string | undefined)[] => {
  const { exception, message, logentry, request, tags } = event.payload
  if (on === 'type') return exception.map(({ type }) => type)
  if (on === 'value') return [...exception.map(({ value }) => value), message, logentry?.formatted, logentry?.message]
  if (on === 'file') return event.stacks.flat().flatMap(fileNames)
  if (on === 'function') return event.stacks.flat().map((frame) => frame.function)
  if (on === 'url') return [request?.url]
  return [tags?.[tag!]]
}

const matches = ({ pattern }: Matcher, text: string | undefined): boolean =>
  text !== undefined && matchesGlob(pattern, text.slice(0, COMPARED_CHARS))

const holds = (event: SymbolicatedEvent, matcher: Matcher): boolean =>
  textsOf(event, matcher).some((text) => matches(matcher, text)) !== (matcher.negated ?? false)

/** The first rule that holds for an event. */
export const findRule = (event: SymbolicatedEvent, rules: readonly GroupingRule[]): GroupingRule | undefined =>
  rules.find(({ matchers }) => matchers.every((matcher) => holds(event, matcher)))

const isMeant = (frame: ResolvedFrame, { matchers }: GroupingRule): boolean =>
  matchers.every((matcher) => {
    if (matcher.on === 'file')
      return fileNames(frame).some((name) => matches(matcher, name)) !== (matcher.negated ?? false)
    if (matcher.on === 'function') return matches(matcher, frame.function) !== (matcher.negated ?? false)
    return true
  })

/** The event as the rule sees it: which frames are the project's own code, and how severe it is. */
export const applyRule = (event: SymbolicatedEvent, rule: GroupingRule | undefined): SymbolicatedEvent => {
  const { inApp, level } = rule?.action ?? {}
  const stacks =
    rule && inApp !== undefined
      ? event.stacks.map((stack) => stack.map((frame) => (isMeant(frame, rule) ? { ...frame, inApp } : frame)))
      : event.stacks
  return { ...event, stacks, ...(level && { payload: { ...event.payload, level } }) }
}
