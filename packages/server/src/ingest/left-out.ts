import type { EventPayload } from '@foghorn/protocol'

/** How much of an event was left out, because it exceeds the limits or cannot be read. */
export interface LeftOut {
  exceptions?: number
  frames?: number
  breadcrumbs?: number
  tags?: number
  messageCharacters?: number
}

const listOf = (field: unknown): unknown[] => {
  if (Array.isArray(field)) return field
  const { values } = (field ?? {}) as { values?: unknown }
  return Array.isArray(values) ? values : []
}

const framesIn = (exceptions: readonly unknown[]): number =>
  exceptions.reduce((sum: number, exception) => {
    const { stacktrace } = (exception ?? {}) as { stacktrace?: { frames?: unknown } | null }
    return sum + listOf(stacktrace?.frames).length
  }, 0)

const entries = (tags: unknown): number => {
  if (Array.isArray(tags)) return tags.length
  return typeof tags === 'object' && tags !== null ? Object.keys(tags).length : 0
}

/** Compares what came with what is kept; undefined when that is all. */
export const leftOut = (sent: object, kept: EventPayload): LeftOut | undefined => {
  const { exception, breadcrumbs, tags, message } = sent as Record<string, unknown>
  const exceptions = listOf(exception)
  const differences = {
    exceptions: exceptions.length - kept.exception.length,
    frames: framesIn(exceptions) - framesIn(kept.exception),
    breadcrumbs: listOf(breadcrumbs).length - kept.breadcrumbs.length,
    tags: entries(tags) - entries(kept.tags),
    messageCharacters: typeof message === 'string' ? message.length - (kept.message?.length ?? 0) : 0,
  }
  const some = Object.entries(differences).filter(([, count]) => count > 0)
  return some.length > 0 ? Object.fromEntries(some) : undefined
}
