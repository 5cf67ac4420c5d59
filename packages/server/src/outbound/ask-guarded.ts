import { ask, readBody, type Question, type Reach } from './connect.ts'

export interface Ask extends Question {
  url: URL
  /** Credentials in the body. */
  secrets?: readonly string[]
}

export interface AskRule {
  /** Which IP addresses may be connected to. Default: public ones. */
  reaches?: Reach['reaches']
  timeoutMs: number
  /** An answer that is longer says no more than that it came. */
  answerBytes: number
}

export type Asked =
  | { ok: true; status: number; headers: Readonly<Record<string, string | string[] | undefined>>; body: string }
  | { ok: false; reason: string }

const readAnswer = async (response: Parameters<typeof readBody>[0], maxBytes: number): Promise<string> => {
  try {
    return (await readBody(response, maxBytes)).toString()
  } catch {
    response.destroy()
    return ''
  }
}

/** Asks an address that people have entered. Redirects are answers like others: nothing follows them. */
export const askGuarded = async (
  { url, secrets: _secrets, ...question }: Ask,
  { reaches, timeoutMs, answerBytes }: AskRule,
): Promise<Asked> => {
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await ask(url, question, { allows: () => true, reaches, signal })
    const { statusCode: status = 0, headers } = response
    return { ok: true, status, headers, body: await readAnswer(response, answerBytes) }
  } catch (error) {
    const reason = signal.aborted ? `no answer within ${timeoutMs / 1000} s` : (error as Error).message
    // Paths of such addresses are secrets.
    return { ok: false, reason: `${url.host}: ${reason}` }
  }
}
