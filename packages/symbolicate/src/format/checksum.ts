import { crc32 } from 'node:zlib'

/** CRC-32 of bytes and the place where they stand; it guards against torn writes and bad disks, not against people. */
export const checksum = (bytes: Uint8Array, offset: number): number => crc32(bytes, offset)
