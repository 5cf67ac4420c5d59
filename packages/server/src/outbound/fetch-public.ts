import type { IncomingMessage } from 'node:http'
import { ask, readBody, Refused, type Reach } from './connect.ts'

/** Redirects are asked about again. */
export interface FetchRule extends Reach {
  /** Bytes of a body. */
  maxBytes: number
  /** For everything, redirects included. */
  timeoutMs: number
}

export type Fetched =
  | { ok: true; url: URL; headers: IncomingMessage['headers']; body: Buffer }
  | { ok: false; reason: string }

const REDIRECTS = 3

const follow = async (url: URL, rule: FetchRule, signal: AbortSignal, redirects = REDIRECTS): Promise<Fetched> => {
  const response = await ask(url, { method: 'GET', headers: {} }, { ...rule, signal })
  const { statusCode = 0, headers } = response
  if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
    response.destroy()
    if (redirects === 0) throw new Refused('it redirects without end')
    return follow(new URL(headers.location, url), rule, signal, redirects - 1)
  }
  if (statusCode !== 200) throw new Refused(`it answers ${statusCode}`)
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new Refused('it is compressed, which was not asked for')
  return { ok: true, url, headers, body: await readBody(response, rule.maxBytes) }
}

/** Gets an address by GET. Whatever goes wrong is a reason, never a throw. */
export const fetchPublic = async (url: URL, rule: FetchRule): Promise<Fetched> => {
  const deadline = AbortSignal.timeout(rule.timeoutMs)
  try {
    return await follow(url, rule, deadline)
  } catch (error) {
    const why = deadline.aborted ? `no answer within ${rule.timeoutMs / 1000} s` : (error as Error).message
    return { ok: false, reason: `${url.origin}${url.pathname}: ${why}` }
  }
}
