import type { ExceptionValue, StackFrame } from '@foghorn/protocol'
import type { ResolvedFrame } from '@foghorn/symbolicate'
import { tagsOf } from '../event-facets.ts'
import type { StoredEvent } from '../stored-event.ts'
import { iso } from './issue-json.ts'
import type { EntryJson, EventJson, EventSummaryJson, ExceptionValueJson, FrameJson } from './event-shapes.ts'

const contextOf = (frame: ResolvedFrame): [number, string][] => {
  if (frame.contextLine === undefined || frame.lineno === undefined) return []
  const before = frame.preContext ?? []
  const lines = [...before, frame.contextLine, ...(frame.postContext ?? [])]
  const first = frame.lineno - before.length
  return lines.map((line, index) => [first + index, line])
}

const resolvedFrame = (frame: ResolvedFrame): FrameJson => ({
  filename: frame.filename ?? null,
  absPath: frame.absPath ?? frame.filename ?? null,
  module: null,
  function: frame.function ?? null,
  lineNo: frame.lineno ?? null,
  colNo: frame.colno ?? null,
  inApp: frame.inApp,
  context: contextOf(frame),
  resolution: frame.resolution,
})

const rawFrame = (frame: StackFrame, resolved: ResolvedFrame | undefined): FrameJson => ({
  filename: frame.filename ?? null,
  absPath: frame.abs_path ?? frame.filename ?? null,
  module: frame.module ?? null,
  function: frame.function ?? null,
  lineNo: frame.lineno ?? null,
  colNo: frame.colno ?? null,
  inApp: frame.in_app ?? true,
  context: [],
  resolution: resolved?.resolution ?? { status: 'unresolved' },
})

const exceptionJson = (exception: ExceptionValue, stack: readonly ResolvedFrame[]): ExceptionValueJson => {
  const raw = exception.stacktrace?.frames
  return {
    type: exception.type ?? null,
    value: exception.value ?? null,
    module: exception.module ?? null,
    mechanism: exception.mechanism ?? null,
    stacktrace: raw ? { frames: stack.map(resolvedFrame) } : null,
    rawStacktrace: raw ? { frames: raw.map((frame, index) => rawFrame(frame, stack[index])) } : null,
  }
}

const messageOf = ({ payload }: StoredEvent): string =>
  payload.logentry?.formatted ?? payload.message ?? payload.logentry?.message ?? ''

const entriesOf = (event: StoredEvent): EntryJson[] => {
  const { exception, breadcrumbs, request } = event.payload
  const message = messageOf(event)
  return [
    ...(exception.length > 0
      ? [
          {
            type: 'exception',
            data: { values: exception.map((one, index) => exceptionJson(one, event.stacks[index] ?? [])) },
          } as const,
        ]
      : []),
    ...(message === '' ? [] : [{ type: 'message', data: { formatted: message } } as const]),
    ...(breadcrumbs.length > 0
      ? [
          {
            type: 'breadcrumbs',
            data: {
              values: breadcrumbs.map(({ timestamp, ...crumb }) => ({
                ...crumb,
                timestamp: timestamp === undefined ? null : iso(timestamp * 1000),
              })),
            },
          } as const,
        ]
      : []),
    ...(request ? [{ type: 'request', data: request } as const] : []),
  ]
}

const tagList = ({ payload }: StoredEvent): { key: string; value: string }[] =>
  tagsOf(payload)
    .map(([key, value]) => ({ key, value }))
    .sort((a, b) => a.key.localeCompare(b.key))

export const eventSummary = (event: StoredEvent): EventSummaryJson => ({
  id: event.eventId,
  eventID: event.eventId,
  groupID: String(event.issueId),
  title: event.headline.title,
  dateCreated: iso(event.happenedAt),
  tags: tagList(event),
  user: event.payload.user ?? null,
})

export const eventJson = (event: StoredEvent, neighbours: { previous?: string; next?: string }): EventJson => {
  const { payload } = event
  return {
    ...eventSummary(event),
    projectID: String(event.projectId),
    culprit: event.headline.culprit,
    message: messageOf(event),
    platform: payload.platform ?? 'other',
    type: event.kind,
    level: payload.level,
    dateReceived: iso(event.receivedAt),
    release: payload.release === undefined ? null : { version: payload.release },
    dist: payload.dist ?? null,
    environment: payload.environment,
    contexts: payload.contexts ?? {},
    context: payload.extra ?? {},
    sdk: payload.sdk ? { name: payload.sdk.name ?? '', version: payload.sdk.version ?? '' } : null,
    entries: entriesOf(event),
    componentStack: event.componentStack?.map(resolvedFrame) ?? null,
    grouping: event.grouping,
    nextEventID: neighbours.next ?? null,
    previousEventID: neighbours.previous ?? null,
  }
}
