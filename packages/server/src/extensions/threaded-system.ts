import * as v from 'valibot'
import { WebAddress } from '../tickets/remote.ts'
import type { Answer, TicketSystem } from '../tickets/ticket-system.ts'
import type { OwnTicketSystem, Settings } from './extension.ts'
import type { Host } from './host.ts'

/** What an extension has, and where it runs. */
export interface Named {
  host: Host
  /** As the extension calls it. */
  own: string
}

const TIMEOUT_MS = 15_000
const ANSWER_CHARS = 300

const Ticket = v.object({
  key: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  url: WebAddress,
  title: v.pipe(v.string(), v.maxLength(500)),
  isClosed: v.boolean(),
  version: v.optional(v.pipe(v.string(), v.maxLength(200))),
})

/** What each call may give. */
const VALUES: Record<keyof OwnTicketSystem, v.GenericSchema> = {
  check: v.string(),
  find: v.optional(Ticket),
  create: Ticket,
  read: v.optional(v.union([Ticket, v.literal('unchanged')])),
  comment: v.unknown(),
  setClosed: v.unknown(),
}

const NotDone = v.object({ answer: v.string(), afterMs: v.optional(v.pipe(v.number(), v.minValue(0))) })

const failed = (answer: string): Answer<never> => ({ status: 'failed', answer: answer.slice(0, ANSWER_CHARS) })

const answerOf = (given: unknown, method: keyof OwnTicketSystem): Answer<unknown> => {
  const { status, ...rest } = (given ?? {}) as { status?: unknown }
  if (status === 'done') {
    const { value } = rest as { value?: unknown }
    return v.is(VALUES[method], value) ? { status, value } : failed(`${method} gave back no such value`)
  }
  const isKnown = (status === 'failed' || status === 'refused') && v.is(NotDone, rest)
  return isKnown ? ({ ...(given as object) } as Answer<never>) : failed(`${method} gave back no answer`)
}

/** A ticket system of an extension: whatever goes wrong in its thread is an answer. */
export const threadedSystem = (
  found: Named | undefined,
  { name, settings }: { name: string; settings: Settings },
): TicketSystem => {
  const call = async (method: keyof OwnTicketSystem, ...args: readonly unknown[]): Promise<never> => {
    if (!found)
      return failed(`No extension with a ticket system ${name} is loaded. Name it in FOGHORN_EXTENSIONS.`) as never
    const { host, own: system } = found
    try {
      return answerOf(await host.call({ call: 'ticket', system, method, settings, args }, TIMEOUT_MS), method) as never
    } catch (error) {
      return failed(`${name}: ${(error as Error).message}`) as never
    }
  }
  return {
    findsAfterMs: 0,
    check: () => call('check'),
    keyOf: (reference) => reference.trim() || undefined,
    find: (marker, since) => call('find', marker, since),
    create: (draft) => call('create', draft),
    read: (key, version) => call('read', key, version),
    comment: (key, comment) => call('comment', key, comment),
    setClosed: (key, isClosed) => call('setClosed', key, isClosed),
    // Anybody could say so: its tickets are read instead.
    hear: () => undefined,
  }
}
