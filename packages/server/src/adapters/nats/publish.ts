import type { MsgHdrs } from '@nats-io/transport-node'
import type { Nats } from './connect.ts'
import { tryAgain } from './try-again.ts'

export interface Publication {
  subject: string
  body: Uint8Array
  headers: MsgHdrs
  /** Stored once under this ID, however often it is tried. */
  id: string
}

const ANSWER_WITHIN_MS = 5000

/** Resolves once the stream has it: for a replicated one, once most of its servers have. */
export const publish = async ({ client }: Nats, { subject, body, headers, id }: Publication): Promise<void> =>
  void (await tryAgain(() => client.publish(subject, body, { msgID: id, headers, timeout: ANSWER_WITHIN_MS })))
