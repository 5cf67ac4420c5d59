import { promisify } from 'node:util'
import { gunzipSync, gzip } from 'node:zlib'
import { inOnePiece, isGzip, statedSize } from '../../gzip.ts'

const compress = promisify(gzip)

// Each body is copied several times on its way through SQLite.
const LONG_BYTES = 1024 * 1024

export const isLong = (body: Uint8Array): boolean => body.length > LONG_BYTES

/** Most are compressed when they come, so this takes little of what they cost. */
export const packBody = (body: Uint8Array): Promise<Uint8Array> => compress(body, { level: 1 })

/** In SQL: whether a body is packed. An envelope begins with a brace. */
export const IS_PACKED = `substr(body, 1, 2) = x'1f8b'`

export const unpackBody = (bytes: Uint8Array): Uint8Array =>
  isGzip(bytes) ? gunzipSync(bytes, inOnePiece(statedSize(bytes))) : bytes
