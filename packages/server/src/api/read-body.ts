import type { HonoRequest } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { wordsOf } from './invalid-input.ts'

const tooLarge = (limit: number): never => {
  throw new HTTPException(413, { message: `The body is larger than ${limit} bytes.` })
}

/** A request's body, counted while it streams: neither a declared length nor its absence can be trusted. */
export const readBytes = async (request: HonoRequest, limit: number): Promise<Buffer> => {
  if (request.header('content-encoding') && request.header('content-encoding') !== 'identity')
    throw new HTTPException(415, { message: 'The body must come without Content-Encoding.' })
  if (Number(request.header('content-length') ?? 0) > limit) tooLarge(limit)
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.raw.body ?? []) {
    size += part.length
    if (size > limit) tooLarge(limit)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text || '{}')
  } catch {
    throw new HTTPException(400, { message: 'The body is not JSON.' })
  }
}

const JSON_LIMIT = 8 * 1024 * 1024

/** A request's JSON body by its schema, none being an empty object; answers 400 naming the first field that does not fit. */
export const readJson = async <Schema extends v.GenericSchema>(
  request: HonoRequest,
  schema: Schema,
): Promise<v.InferOutput<Schema>> => {
  const bytes = await readBytes(request, JSON_LIMIT)
  const parsed = v.safeParse(schema, parse(bytes.toString('utf8')))
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  throw new HTTPException(400, { message: `${v.getDotPath(issue) ?? 'The body'} does not fit: ${wordsOf(issue)}` })
}
