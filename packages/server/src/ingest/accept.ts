import { EventId, LIMITS, parseDsn, type Envelope } from '@foghorn/protocol'
import * as v from 'valibot'
import type { Inbox } from '../ports/inbox.ts'
import type { ProjectStore } from '../ports/projects.ts'
import { admit } from './admit.ts'
import { checkOrigin } from './allowed-origins.ts'
import { authenticate, findPublicKey, type Sender } from './authenticate.ts'
import type { Backpressure } from './backpressure.ts'
import { categoryOf } from './categories.ts'
import type { Parse, Parsed } from './parse.ts'
import type { RulesOf } from './project-rules.ts'
import type { Quota } from './quota.ts'
import type { RateLimit } from './rate-limit.ts'
import type { Receive, ReceivedRequest } from './receive.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import type { TurnedAwayCounter } from './turned-away.ts'

export interface AcceptDeps {
  receive: Receive
  inbox: Pick<Inbox, 'add'>
  projects: Pick<ProjectStore, 'findKey'>
  backpressure: Backpressure
  quota: Quota
  rulesOf: RulesOf
  turnedAway: TurnedAwayCounter
  now: () => number
}

export interface Arrival extends ReceivedRequest {
  url: string
  /** The project's ID as the path has it; a tunnel's path has none. */
  projectId?: string
  remoteAddress: string
}

export interface Receipt {
  /** The event's ID, when the client named one. */
  id?: string
  /** What the client need not send for a while. */
  limits: readonly RateLimit[]
}

const receiptOf = (envelope: Envelope): { id?: string } => {
  const id = v.safeParse(EventId, envelope.headers.event_id)
  return id.success ? { id: id.output } : {}
}

/** The project that a tunnelled envelope names itself. */
const projectOf = ({ projectId }: Arrival, { headers }: Envelope): string =>
  projectId ?? parseDsn(headers.dsn ?? '')?.projectId ?? ''

const turnAllAway = (sender: Sender, { items }: Envelope, reason: string, deps: AcceptDeps): void => {
  for (const { headers } of items)
    deps.turnedAway.count(sender.projectId, { category: categoryOf(headers.type), reason, quantity: 1 })
}

/** parse -> authenticate -> admit -> commit. */
const take = async (parsed: Parsed | Refusal, arrival: Arrival, deps: AcceptDeps): Promise<Receipt | Refusal> => {
  if (isRefusal(parsed)) return parsed
  const { headers, remoteAddress } = arrival
  const publicKey = findPublicKey(arrival, parsed.envelope.headers.dsn)
  const sender = await authenticate({ publicKey, projectId: projectOf(arrival, parsed.envelope) }, deps.projects)
  if (isRefusal(sender)) return sender
  const elsewhere = checkOrigin(headers, (await deps.rulesOf(sender.projectId)).settings.allowedOrigins)
  if (elsewhere) {
    turnAllAway(sender, parsed.envelope, 'origin', deps)
    return elsewhere
  }
  const pressure = await deps.backpressure()
  if (pressure) {
    turnAllAway(sender, parsed.envelope, pressure.limits[0]!.reason, deps)
    return pressure
  }
  const admitted = await admit(
    parsed,
    { ...sender, publicKey: publicKey!, remoteAddress },
    { quota: deps.quota, turnAway: deps.turnedAway.count },
  )
  if (isRefusal(admitted)) return admitted
  await deps.inbox.add({
    projectId: sender.projectId,
    receivedAt: deps.now(),
    remoteAddress,
    userAgent: (headers.get('user-agent') ?? '').slice(0, LIMITS.urlChars),
    body: admitted.body,
  })
  return { ...receiptOf(parsed.envelope), limits: admitted.limits }
}

/** Takes one request: receive, parse, authenticate, admit, commit. A receipt means that it is on disk. */
export const accept = (arrival: Arrival, parse: Parse, deps: AcceptDeps): Promise<Receipt | Refusal> =>
  deps.receive(arrival, (body) => take(parse(body), arrival, deps))
