import { gunzipSync, gzipSync } from 'node:zlib'
import type { RawEvent } from '../../stored-event.ts'

// Level 1 costs a tenth of the time of storing and divides the file by three. In the thread that asks: handing an event
// to another and its result back takes longer than compressing it (checked 2026-11).
// A result stays in memory until its batch is stored, and with it the whole piece that zlib wrote it to: 16 KB by default.
const PIECE = 4096

/** What came with an event, as it is stored. */
export const pack = ({ kind, payload }: RawEvent): Uint8Array =>
  gzipSync(JSON.stringify({ kind, payload } satisfies RawEvent), { level: 1, chunkSize: PIECE })

export const unpack = (bytes: Uint8Array): RawEvent => JSON.parse(gunzipSync(bytes).toString())
