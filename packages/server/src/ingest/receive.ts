import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { LIMITS } from '@foghorn/protocol'
import { inOnePiece, isGzip, statedSize } from '../gzip.ts'
import { createTurns } from '../turns.ts'
import { isRefusal, refuse, type Refusal } from './refusal.ts'

export interface ReceivedRequest {
  headers: Headers
  body: AsyncIterable<Uint8Array> | null
}

// Only the one-shot functions keep to maxOutputLength; streams ignore it (Node 20, checked 2026-11).
type Inflate = (bytes: Uint8Array, options: zlib.ZlibOptions) => Promise<Uint8Array>

const gunzip = promisify(zlib.gunzip) as Inflate
const inflate = promisify(zlib.inflate) as Inflate
const inflateRaw = promisify(zlib.inflateRaw) as Inflate

// RFC 9110 means zlib by `deflate`, yet some clients send the bare stream. A zlib header names method 8 and is a multiple of 31.
const hasZlibHeader = (bytes: Uint8Array): boolean =>
  bytes.length > 1 && (bytes[0]! & 0x0f) === 8 && ((bytes[0]! << 8) | bytes[1]!) % 31 === 0

const decoders: Record<string, Inflate> = {
  identity: async (bytes) => bytes,
  gzip: gunzip,
  deflate: (bytes, options) => (hasZlibHeader(bytes) ? inflate : inflateRaw)(bytes, options),
}

// Node has zstd since 22.15.
const { zstdDecompress } = zlib as { zstdDecompress?: unknown }
if (typeof zstdDecompress === 'function') decoders['zstd'] = promisify(zstdDecompress as never) as unknown as Inflate

const tooLarge = (limit: number, when: string): Refusal =>
  refuse(413, `The body is larger than ${limit} bytes ${when}. Send less at once.`)

const TOO_LARGE_INSIDE = tooLarge(LIMITS.body, 'after decompression')

const TOO_MUCH = 'Too much comes in at the same time. Try again later.'

/** What nearly all bodies come to. */
const USUAL_BYTES = 1024 * 1024

interface Reading {
  source: AsyncIterator<Uint8Array>
  chunks: Uint8Array[]
  size: number
  hold: (bytes: number) => boolean
}

/** Reads on until there is more than that, counting as it goes: neither a declared length nor its absence can be trusted. */
const readUntil = async (reading: Reading, limit: number): Promise<'end' | 'more' | Refusal> => {
  while (reading.size <= limit) {
    const { done, value } = await reading.source.next()
    if (done) return 'end'
    reading.size += value.length
    if (!reading.hold(value.length)) return refuse(503, TOO_MUCH)
    reading.chunks.push(value)
  }
  return 'more'
}

const bytesOf = ({ chunks }: Reading): Uint8Array => (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))

interface Compressed {
  bytes: Uint8Array
  encoding: string
}

/** The body; undefined when it is longer than `maxOutputLength`. */
const decompress = async (
  { bytes, encoding }: Compressed,
  options: { maxOutputLength: number; chunkSize?: number },
): Promise<Uint8Array | Refusal | undefined> => {
  try {
    return await decoders[encoding]!(bytes, options)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined
    return refuse(400, `The body is not valid ${encoding}. Check its Content-Encoding.`)
  }
}

const decompressLarge = (compressed: Compressed, stated: number): ReturnType<typeof decompress> =>
  decompress(compressed, { maxOutputLength: LIMITS.body, ...(stated > USUAL_BYTES && inOnePiece(stated)) })

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

/** What all bodies hold together, as sent, until they are on disk: a thousand usual ones. */
const HELD_BYTES = 32 * 1024 * 1024

// More at once would not be faster.
const DECOMPRESSED_AT_ONCE = 2

// The others wait where they are: what the client has not sent yet takes no memory here.
const LARGE_AT_ONCE = 2

/** Hands on what was received; the body counts as held until that is done. */
type Use<Answer> = (body: Uint8Array) => Promise<Answer>

export type Receive = <Answer>(request: ReceivedRequest, use: Use<Answer>) => Promise<Answer | Refusal>

/** Usual bodies a few at a time. Larger ones are seen through one by one: on its way to the disk each is copied several times. */
const createDecompression = () => {
  const inTurn = createTurns(DECOMPRESSED_AT_ONCE)
  const alone = createTurns(1)
  return async <Answer>(compressed: Compressed, use: Use<Answer>): Promise<Answer | Refusal> => {
    const stated = compressed.encoding === 'gzip' ? statedSize(compressed.bytes) : 0
    if (stated > LIMITS.body) return TOO_LARGE_INSIDE
    const usual =
      stated > USUAL_BYTES ? undefined : await inTurn(() => decompress(compressed, { maxOutputLength: USUAL_BYTES }))
    if (usual) return isRefusal(usual) ? usual : use(usual)
    return alone(async () => {
      const large = (await decompressLarge(compressed, stated)) ?? TOO_LARGE_INSIDE
      return isRefusal(large) ? large : use(large)
    })
  }
}

/**
 * Gives a request's body, bounded before and after decompression, and in what all of them hold. Brotli is refused whatever
 * the runtime: the decoder of Node 20 writes out of bounds on crafted input and has no fix (CVE-2026-111497, checked 2026-11).
 */
export const createReceive = (): Receive => {
  const decompressed = createDecompression()
  const large = createTurns(LARGE_AT_ONCE)
  let held = 0

  const decode = async <Answer>(headers: Headers, bytes: Uint8Array, use: Use<Answer>): Promise<Answer | Refusal> => {
    const named = encodingOf(headers)
    const encoding = named === 'identity' && isGzip(bytes) ? 'gzip' : named
    return encoding === 'identity' ? use(bytes) : decompressed({ bytes, encoding }, use)
  }

  const receiveLarge = async <Answer>(headers: Headers, reading: Reading, use: Use<Answer>) => {
    const rest = await readUntil(reading, LIMITS.compressedBody)
    if (rest === 'more') return tooLarge(LIMITS.compressedBody, 'as sent')
    return rest === 'end' ? decode(headers, bytesOf(reading), use) : rest
  }

  const receive = async <Answer>(
    { headers, body }: ReceivedRequest,
    use: Use<Answer>,
    hold: (bytes: number) => boolean,
  ): Promise<Answer | Refusal> => {
    if (!body) return decode(headers, new Uint8Array(), use)
    const reading = { source: body[Symbol.asyncIterator](), chunks: [], size: 0, hold }
    try {
      const first = await readUntil(reading, USUAL_BYTES)
      if (first === 'more') return await large(() => receiveLarge(headers, reading, use))
      return first === 'end' ? await decode(headers, bytesOf(reading), use) : first
    } finally {
      await reading.source.return?.()
    }
  }

  return async (request, use) => {
    const refusal = judge(request.headers)
    if (refusal) return refusal
    let own = 0
    const hold = (bytes: number): boolean => {
      own += bytes
      held += bytes
      return held <= HELD_BYTES
    }
    try {
      return await receive(request, use, hold)
    } finally {
      held -= own
    }
  }
}
