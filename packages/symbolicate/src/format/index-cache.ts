import { PAGE_SIZE } from './layout.ts'
import { Memo } from './memo.ts'
import { READ_MARGIN } from './packed-rows.ts'
import { PageCache } from './page-cache.ts'
import { PlaceMemo } from './place-memo.ts'
import type { SourceRecord } from './source-record.ts'

/** Bounds what all open indexes hold in memory together, besides their directories. */
export class IndexCache {
  readonly pages: PageCache
  /** By index and number: strings and records are made once and given out often. */
  readonly names: Memo<string> = new Memo(8_192)
  readonly sources: Memo<SourceRecord> = new Memo(4_096)
  /** Half a megabyte. */
  readonly places: PlaceMemo = new PlaceMemo(16_384)
  /** Where pages are read to before they are checked and kept. */
  readonly scratch: Uint8Array = new Uint8Array(PAGE_SIZE + READ_MARGIN)
  #indexes = 0

  /** @param bytes - What pages may take; names, records and places come on top, three MB at most. */
  constructor(bytes: number) {
    this.pages = new PageCache(bytes)
  }

  /** The number of an index that was opened; no other has it. */
  register(): number {
    return ++this.#indexes
  }
}

/** Room for the mappings of a map of 20 MB. */
const SHARED_BYTES = 12 * 1024 * 1024
let shared: IndexCache | undefined

/** What all indexes share unless told otherwise: 12 MiB of pages. */
export const sharedCache = (): IndexCache => (shared ??= new IndexCache(SHARED_BYTES))
