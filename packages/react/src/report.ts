import { addSource, type Emit, getScope, type Scope, type Source, withScope } from '@foghorn/browser'
import { version } from 'react'
import { isHydrationError } from './hydration.ts'
import { skipRehearsals } from './rehearsals.ts'

/** A failure as React tells of it. */
export interface Failure {
  error: unknown
  componentStack: string
  /** What was told: the last part of the event's mechanism. */
  by: 'error_boundary' | 'caught' | 'uncaught' | 'recoverable'
  handled: boolean
  /** The boundary that caught it, if one did. */
  boundary?: unknown
}

export type BeforeCapture = (scope: Scope, error: unknown, componentStack: string) => void

// What the service keeps of one text: about fifty components, the failed one first.
const MAX_STACK_CHARS = 4096

let emit: Emit | undefined

const react: Source = (given) => {
  emit = given
  const hearAll = skipRehearsals(given)
  return () => {
    hearAll()
    emit = undefined
  }
}

/** Finds the client, which may be started after the first render, or started again. */
export const connect = (): void => {
  if (!emit) addSource(react)
}

const wholeLines = (stack: string): string =>
  stack.length > MAX_STACK_CHARS ? stack.slice(0, stack.lastIndexOf('\n', MAX_STACK_CHARS)) : stack

const send = ({ error, componentStack, by, handled }: Failure): string => {
  connect()
  if (!emit) return ''
  const event = emit.build({ value: error, by: `auto.function.react.${by}`, handled })
  event.contexts = { ...event.contexts, react: { version, componentStack: wholeLines(componentStack) } }
  if (by === 'recoverable') event.level = getScope().data.level ?? 'warning'
  const thrown = event.exception?.values.at(-1)
  if (thrown && isHydrationError(error)) thrown.type = 'HydrationError'
  return String(emit.capture({ value: error, event }))
}

const eventIds = new WeakMap<object, string>()
// What was reported within this task.
let lastTold: { failure: Failure; eventId: string }[] = []

const isObject = (value: unknown): value is object => Object(value) === value

const isSameError = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) || (a instanceof Error && b instanceof Error && a.name === b.name && a.message === b.message)

/**
 * React tells of one failure within one task. Thrown texts and nulls have no identity, and StrictMode runs an effect that
 * fails a second time, which throws anew.
 */
const isSame = (a: Failure, b: Failure): boolean =>
  a.boundary === b.boundary && a.componentStack === b.componentStack && isSameError(a.error, b.error)

const recall = (failure: Failure): string | undefined => {
  const { error } = failure
  const known = isObject(error) ? eventIds.get(error) : undefined
  return known ?? lastTold.find((told) => isSame(told.failure, failure))?.eventId
}

const remember = (failure: Failure, eventId: string): void => {
  if (isObject(failure.error)) eventIds.set(failure.error, eventId)
  lastTold.push({ failure, eventId })
  queueMicrotask(() => {
    lastTold = []
  })
}

const askPage = (scope: Scope, { error, componentStack }: Failure, beforeCapture: BeforeCapture): void => {
  try {
    beforeCapture(scope, error, componentStack)
  } catch (failure) {
    reportError(failure)
  }
}

const capture = (failure: Failure, beforeCapture?: BeforeCapture): string => {
  try {
    return withScope((scope) => {
      if (beforeCapture) askPage(scope, failure, beforeCapture)
      return send(failure)
    })
  } catch {
    // Whatever is wrong with the report, React must go on.
    return ''
  }
}

/** Reports a failure once, whoever tells of it first. Gives the event's ID; empty when nothing was sent. */
export const report = (failure: Failure, beforeCapture?: BeforeCapture): string => {
  const known = recall(failure)
  if (known !== undefined) return known
  const eventId = capture(failure, beforeCapture)
  remember(failure, eventId)
  return eventId
}

const untold = new Map<unknown, () => void>()

const tellUntold = (): void => {
  const reports = [...untold.values()]
  untold.clear()
  for (const tell of reports) tell()
}

/**
 * A fallback that fails takes its boundary with it, before React has told of the error that it was shown for: nobody
 * else would report that one. React renders once more before it gives up, and throws anew: of errors with one message
 * the last counts.
 */
export const reportUntold = (error: unknown, beforeCapture: BeforeCapture | undefined): void => {
  // Not while rendering, which may call nothing of the page.
  if (untold.size === 0) queueMicrotask(tellUntold)
  const failure: Failure = { error, componentStack: '', by: 'error_boundary', handled: true }
  untold.set(isObject(error) ? (error as Error).message : error, () => report(failure, beforeCapture))
}
