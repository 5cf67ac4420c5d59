import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { LIMITS } from '@foghorn/protocol'
import { createTurns } from '../turns.ts'
import { isRefusal, refuse, type Refusal } from './refusal.ts'

export interface ReceivedRequest {
  headers: Headers
  body: AsyncIterable<Uint8Array> | null
}

type Inflate = (bytes: Uint8Array) => Promise<Uint8Array>
type OneShot = (bytes: Uint8Array, options: zlib.ZlibOptions) => Promise<Uint8Array>

// Only the one-shot functions keep to maxOutputLength; streams ignore it (Node 20, checked 2026-11).
const bounded =
  (inflate: OneShot): Inflate =>
  (bytes) =>
    inflate(bytes, { maxOutputLength: LIMITS.body })

const gunzip = bounded(promisify(zlib.gunzip) as OneShot)
const inflate = bounded(promisify(zlib.inflate) as OneShot)
const inflateRaw = bounded(promisify(zlib.inflateRaw) as OneShot)

// RFC 9110 means zlib by `deflate`, yet some clients send the bare stream. A zlib header names method 8 and is a multiple of 31.
const hasZlibHeader = (bytes: Uint8Array): boolean =>
  bytes.length > 1 && (bytes[0]! & 0x0f) === 8 && ((bytes[0]! << 8) | bytes[1]!) % 31 === 0

// Our SDK names no encoding: for the browser that would be a header to ask about first, one request more for each page.
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

const decoders: Record<string, Inflate> = {
  identity: async (bytes) => bytes,
  gzip: gunzip,
  deflate: (bytes) => (hasZlibHeader(bytes) ? inflate(bytes) : inflateRaw(bytes)),
}

// Node has zstd since 22.15.
const { zstdDecompress } = zlib as { zstdDecompress?: unknown }
if (typeof zstdDecompress === 'function')
  decoders['zstd'] = bounded(promisify(zstdDecompress as never) as unknown as OneShot)

const tooLarge = (limit: number, when: string): Refusal =>
  refuse(413, `The body is larger than ${limit} bytes ${when}. Send less at once.`)

const TOO_MUCH = 'Too much comes in at the same time. Try again later.'

/** Reads the stream, counting as it goes: neither a declared length nor its absence can be trusted. */
const readBody = async (
  body: AsyncIterable<Uint8Array> | null,
  hold: (bytes: number) => boolean,
): Promise<Uint8Array | Refusal> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > LIMITS.compressedBody) return tooLarge(LIMITS.compressedBody, 'as sent')
    if (!hold(chunk.length)) return refuse(503, TOO_MUCH)
    chunks.push(chunk)
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}

const decompress = async (bytes: Uint8Array, encoding: string): Promise<Uint8Array | Refusal> => {
  try {
    return await decoders[encoding]!(bytes)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      return tooLarge(LIMITS.body, 'after decompression')
    return refuse(400, `The body is not valid ${encoding}. Check its Content-Encoding.`)
  }
}

const encodingOf = (headers: Headers): string =>
  (headers.get('content-encoding') ?? 'identity').trim().toLowerCase() || 'identity'

/** Refuses what the headers alone give away. */
const judge = (headers: Headers): Refusal | undefined => {
  const encoding = encodingOf(headers)
  if (!Object.hasOwn(decoders, encoding)) {
    const known = Object.keys(decoders).join(', ')
    return refuse(415, `Content-Encoding ${encoding.slice(0, 40)} is not taken. Use one of: ${known}.`)
  }
  const isTooLarge = Number(headers.get('content-length') ?? 0) > LIMITS.compressedBody
  return isTooLarge ? tooLarge(LIMITS.compressedBody, 'as sent') : undefined
}

/** What all bodies hold together that are coming in or wait to be decompressed: thousands of usual ones. */
const HELD_BYTES = 64 * 1024 * 1024

// Each may grow to the largest body, twice while its pieces are put together. More at once would not be faster.
const DECOMPRESSED_AT_ONCE = 2

export type Receive = (request: ReceivedRequest) => Promise<Uint8Array | Refusal>

/**
 * Gives a request's body, bounded before and after decompression, and in what all of them hold. Brotli is refused whatever
 * the runtime: the decoder of Node 20 writes out of bounds on crafted input and has no fix (CVE-2026-111497, checked 2026-11).
 */
export const createReceive = (): Receive => {
  const inTurn = createTurns(DECOMPRESSED_AT_ONCE)
  let held = 0

  const receive = async ({ headers, body }: ReceivedRequest, hold: (bytes: number) => boolean) => {
    const bytes = await readBody(body, hold)
    if (isRefusal(bytes)) return bytes
    const named = encodingOf(headers)
    const encoding = named === 'identity' && isGzip(bytes) ? 'gzip' : named
    return encoding === 'identity' ? bytes : inTurn(() => decompress(bytes, encoding))
  }

  return async (request) => {
    const refusal = judge(request.headers)
    if (refusal) return refusal
    let own = 0
    const hold = (bytes: number): boolean => {
      own += bytes
      held += bytes
      return held <= HELD_BYTES
    }
    try {
      return await receive(request, hold)
    } finally {
      held -= own
    }
  }
}
