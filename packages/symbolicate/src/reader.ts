/** Positional, synchronous reads of one immutable index: an open file, or a buffer. */
export interface IndexReader {
  /** Bytes in the whole index. */
  readonly size: number
  /** Copies `length` bytes at `offset` to the start of `into`; gives how many there were, fewer only where the index ends. */
  readInto(into: Uint8Array, offset: number, length: number): number
}

/** Reads an index that is held in memory as a whole. */
export const bufferReader = (bytes: Uint8Array): IndexReader => ({
  size: bytes.length,
  readInto: (into, offset, length) => {
    const part = bytes.subarray(offset, offset + length)
    into.set(part)
    return part.length
  },
})
