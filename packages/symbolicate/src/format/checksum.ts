import { crc32 } from 'node:zlib'

/** CRC-32 of a blob; it guards against torn writes and bad disks, not against people. */
export const checksum = (bytes: Uint8Array): number => crc32(bytes)
