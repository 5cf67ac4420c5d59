import { createHmac } from 'node:crypto'
import type { Post } from '../../outbound/post-guarded.ts'
import type { Notice } from '../message.ts'
import type { TargetOf } from '../target.ts'

// Part of what receivers rely on: fields are added, never changed or taken away, without another number.
const VERSION = 1

const SECRET_PREFIX = 'whsec_'

/** Signs as Standard Webhooks 1.0 says (standardwebhooks.com, checked 2026-11). */
export const sign = (
  secret: string,
  { id, timestamp, body }: { id: string; timestamp: string; body: string },
): string => {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/** A signed POST of everything that is known, for programs. */
export const webhookPost = (
  { key, messages }: Notice,
  { url, secret = '' }: TargetOf<'webhook'>,
  now: number,
): Post => {
  const body = JSON.stringify({
    type: `alert.${messages[0].action}`,
    version: VERSION,
    timestamp: new Date(now).toISOString(),
    data: { alerts: messages.map(({ firedAt, ...rest }) => ({ ...rest, firedAt: new Date(firedAt).toISOString() })) },
  })
  const timestamp = String(Math.floor(now / 1000))
  return {
    url: new URL(url),
    headers: {
      'content-type': 'application/json',
      'webhook-id': key,
      'webhook-timestamp': timestamp,
      'webhook-signature': sign(secret, { id: key, timestamp, body }),
    },
    body,
  }
}
