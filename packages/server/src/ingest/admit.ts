import { formatEnvelope, LIMITS, type Envelope, type EnvelopeItem } from '@foghorn/protocol'
import type { Sender } from './authenticate.ts'
import { categoryOf, UNSUPPORTED } from './categories.ts'
import type { Parsed } from './parse.ts'
import type { Quota } from './quota.ts'
import type { RateLimit } from './rate-limit.ts'
import { refuse, type Refusal } from './refusal.ts'
import type { TurnedAway } from './turned-away.ts'

/** What of a request goes on, and what the client should know. */
export interface Admitted {
  body: Uint8Array
  limits: readonly RateLimit[]
}

export interface AdmitDeps {
  quota: Quota
  turnAway: (projectId: number, turnedAway: TurnedAway) => void
}

const FIRST_LOOK_AGAIN_SECONDS = 3600

/** Replays and the like: so that the client stops sending what is not kept. */
const unsupportedLimits = ({ items }: Envelope): RateLimit[] => {
  const asked = items.some(({ headers }) => UNSUPPORTED.has(categoryOf(headers.type)))
  if (!asked) return []
  return [
    { seconds: FIRST_LOOK_AGAIN_SECONDS, categories: [...UNSUPPORTED], scope: 'organization', reason: 'unsupported' },
  ]
}

const isTooLarge = ({ headers, payload }: EnvelopeItem): boolean =>
  payload.length > (headers.type === 'attachment' ? LIMITS.attachment : LIMITS.jsonItem) &&
  !UNSUPPORTED.has(categoryOf(headers.type))

const isEvent = ({ headers }: EnvelopeItem): boolean => headers.type === 'event'

const without = ({ envelope, body }: Parsed, items: EnvelopeItem[]): Uint8Array =>
  items.length === envelope.items.length ? body : formatEnvelope({ headers: envelope.headers, items })

const TOO_LARGE =
  `An item is larger than ${LIMITS.jsonItem} bytes (attachments: ${LIMITS.attachment}). ` +
  'Send less with the event: shorter texts, fewer breadcrumbs.'

/** Leaves out what is too large and what exceeds the quota; the rest goes on. Refuses when nothing is left. */
export const admit = async (
  parsed: Parsed,
  sender: Sender & { publicKey: string; remoteAddress: string },
  { quota, turnAway }: AdmitDeps,
): Promise<Admitted | Refusal> => {
  const { projectId } = sender
  const { items } = parsed.envelope
  const fitting = items.filter((item) => !isTooLarge(item))
  for (const { headers } of items.filter(isTooLarge))
    turnAway(projectId, { category: categoryOf(headers.type), reason: 'too_large', quantity: 1 })
  if (items.length > 0 && fitting.length === 0) return refuse(413, TOO_LARGE)
  const limits = unsupportedLimits(parsed.envelope)
  const events = fitting.filter(isEvent).length
  const limit = events === 0 ? undefined : await quota.take({ ...sender, events })
  if (!limit) return { body: without(parsed, fitting), limits }
  turnAway(projectId, { category: 'error', reason: limit.reason, quantity: events })
  const rest = fitting.filter((item) => !isEvent(item))
  const told = [limit, ...limits]
  if (rest.length === 0) return refuse(429, 'The project takes no more events in this minute.', told)
  return { body: without(parsed, rest), limits: told }
}
