import type { MsgHdrs } from '@nats-io/transport-node'
import type { AcceptedRequest } from '../../ports/inbox.ts'
import type { Nats } from './connect.ts'

export type Origin = Omit<AcceptedRequest, 'body'>

const ORIGIN = 'Foghorn-Origin'
const REASON = 'Foghorn-Reason'

/** Headers hold one line of ASCII, and what clients say of themselves need not be that. */
const pack = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const unpack = <Value>(text: string): Value => JSON.parse(Buffer.from(text, 'base64url').toString()) as Value

export const packOrigin = ({ headers }: Nats, origin: Origin, reason?: string): MsgHdrs => {
  const { projectId, receivedAt, remoteAddress, userAgent } = origin
  const packed = headers()
  packed.set(ORIGIN, pack({ projectId, receivedAt, remoteAddress, userAgent }))
  if (reason !== undefined) packed.set(REASON, pack(reason))
  return packed
}

export const originOf = (headers: MsgHdrs | undefined): Origin => unpack<Origin>(headers!.get(ORIGIN))

export const reasonOf = (headers: MsgHdrs | undefined): string => unpack<string>(headers!.get(REASON))
