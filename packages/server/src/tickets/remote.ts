import * as v from 'valibot'
import { askGuarded, type Asked, type AskRule } from '../outbound/ask-guarded.ts'
import type { Question } from '../outbound/connect.ts'
import { withoutEcho } from '../outbound/without-echo.ts'
import { failureOf } from './answer.ts'
import type { Answer } from './ticket-system.ts'

export interface RemoteDeps {
  reaches?: AskRule['reaches']
  now: () => number
  /** How long an answer may take. Default: 15 seconds. */
  timeoutMs?: number
}

/** What pages may lead to. */
export const WebAddress = v.pipe(
  v.string(),
  v.maxLength(2000),
  v.check((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), 'must be a web address'),
)

const TIMEOUT_MS = 15_000
// Fifty tickets with long texts.
const ANSWER_BYTES = 8 * 1024 * 1024

export interface Wanted {
  method?: Question['method']
  path: string
  /** Sent as JSON. */
  body?: unknown
  headers?: Record<string, string>
}

/** JSON over HTTP, with the headers that go with every request. */
export interface Remote {
  ask(wanted: Wanted): Promise<Asked>
  /** The body of an answer that was taken, by its schema. */
  read<Schema extends v.GenericSchema>(wanted: Wanted, schema: Schema): Promise<Answer<v.InferOutput<Schema>>>
  /** Only whether it was taken. */
  send(wanted: Wanted): Promise<Answer<void>>
  parse<Schema extends v.GenericSchema>(asked: Asked, schema: Schema): Answer<v.InferOutput<Schema>>
}

const MALFORMED = 'The answer is not what this system is documented to answer: '

const jsonOf = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

export const createRemote = (
  { base, headers }: { base: string; headers: Record<string, string> },
  { reaches, now, timeoutMs = TIMEOUT_MS }: RemoteDeps,
): Remote => {
  const ask: Remote['ask'] = async ({ method = 'GET', path, body, headers: more = {} }) => {
    const question = {
      url: new URL(`${base.replace(/\/+$/, '')}${path}`),
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers, ...more },
      body: body === undefined ? undefined : JSON.stringify(body),
    }
    const asked = await askGuarded(question, { reaches, timeoutMs, answerBytes: ANSWER_BYTES })
    // What was not taken is told to people.
    return asked.ok && asked.status >= 300 ? { ...asked, body: withoutEcho(asked.body, question) } : asked
  }
  const parse: Remote['parse'] = (asked, schema) => {
    const failure = failureOf(asked, now())
    if (failure || !asked.ok) return failure ?? { status: 'failed', answer: '' }
    const parsed = v.safeParse(schema, jsonOf(asked.body))
    if (parsed.success) return { status: 'done', value: parsed.output }
    // It may have been done all the same: whoever tries again looks first.
    return { status: 'failed', answer: `${MALFORMED}${v.getDotPath(parsed.issues[0]) ?? 'it is no JSON of that form'}` }
  }
  return {
    ask,
    parse,
    read: async (wanted, schema) => parse(await ask(wanted), schema),
    send: async (wanted) => failureOf(await ask(wanted), now()) ?? { status: 'done', value: undefined },
  }
}

/** Turns the value of an answer into another. */
export const mapped = <From, To>(answer: Answer<From>, to: (value: From) => To): Answer<To> =>
  answer.status === 'done' ? { status: 'done', value: to(answer.value) } : answer
