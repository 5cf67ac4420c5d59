/** Positional, synchronous reads of one immutable index: an open file, or a buffer. */
export interface IndexReader {
  /** Bytes in the whole index. */
  readonly size: number
  /** Gives the bytes at `offset`; fewer than `length` only when the index ends there. */
  read(offset: number, length: number): Uint8Array
}

/** Reads an index that is held in memory as a whole. */
export const bufferReader = (bytes: Uint8Array): IndexReader => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
})
