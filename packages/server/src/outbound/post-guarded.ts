import { ask, readBody, type Reach } from './connect.ts'

export interface Post {
  url: URL
  headers: Readonly<Record<string, string>>
  body: string
}

export interface PostRule {
  /** Which IP addresses may be connected to. Default: public ones. */
  reaches?: Reach['reaches']
  timeoutMs: number
}

export type Posted =
  | { ok: true; status: number; headers: Readonly<Record<string, string | string[] | undefined>>; body: string }
  | { ok: false; reason: string }

// What a receiver answers is shown to people; the beginning will do.
const ANSWER_BYTES = 64 * 1024

// An answer that is too long says no more than that it came.
const readAnswer = async (response: Parameters<typeof readBody>[0]): Promise<string> => {
  try {
    return (await readBody(response, ANSWER_BYTES)).toString()
  } catch {
    response.destroy()
    return ''
  }
}

/** Posts to an address that people have entered. Redirects are answers like others: nothing follows them. */
export const postGuarded = async ({ url, ...post }: Post, { reaches, timeoutMs }: PostRule): Promise<Posted> => {
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await ask(url, { method: 'POST', ...post }, { allows: () => true, reaches, signal })
    const { statusCode: status = 0, headers } = response
    return { ok: true, status, headers, body: await readAnswer(response) }
  } catch (error) {
    const reason = signal.aborted ? `no answer within ${timeoutMs / 1000} s` : (error as Error).message
    // Paths of such addresses are secrets.
    return { ok: false, reason: `${url.host}: ${reason}` }
  }
}
