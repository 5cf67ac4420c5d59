/** Some clients do not name the encoding: ours for one, for whom that would be a header to ask about first. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

const TRAILER_BYTES = 8

/** How long the content of a gzip file says that it is (RFC 1952); it may lie. 0 for what is none. */
export const statedSize = (bytes: Uint8Array): number =>
  !isGzip(bytes) || bytes.length < TRAILER_BYTES
    ? 0
    : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(bytes.length - 4, true)

// A piece that is filled to its last byte makes zlib take another.
const ROOM_TO_SEE_THE_END = 64

/** For zlib's one-shot functions: content of this size comes in one piece. Put together from pieces, it would be there twice. */
export const inOnePiece = (size: number): { chunkSize: number } => ({ chunkSize: size + ROOM_TO_SEE_THE_END })
