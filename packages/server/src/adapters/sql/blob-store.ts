import type { BlobKey, BlobStore } from '../../ports/artifact-store.ts'
import { areaPath, blobPath } from '../blob-path.ts'
import type { BlobCache } from '../fs/blob-cache.ts'
import { checkDatabase } from './database.ts'
import type { MainDatabase } from './main-database.ts'
import { differencesOf } from './differences.ts'

// Pieces that neither side has to hold as one large message.
const PART_BYTES = 256 * 1024

/** Throws for names that are none. */
const checked = (key: BlobKey): BlobKey => {
  blobPath(key)
  return key
}

const partsOf = (content: Uint8Array): Buffer[] => {
  const parts: Buffer[] = []
  for (let from = 0; from < content.length; from += PART_BYTES)
    parts.push(Buffer.from(content.subarray(from, from + PART_BYTES)))
  return parts
}

const renew = async (db: Pick<MainDatabase, 'updateTable'>, { area, hash }: BlobKey): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('blob')
    .set({ stored_at: Date.now() })
    .where('area', '=', area)
    .where('hash', '=', hash)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const write = (db: MainDatabase, { area, hash }: BlobKey, content: Uint8Array): Promise<void> =>
  differencesOf(db).transactionOn(db, [], async (transaction) => {
    // Takes the row first, so that whoever puts or deletes the same blob waits.
    await transaction
      .insertInto('blob')
      .values({ area, hash, stored_at: Date.now() })
      .onConflict((conflict) => conflict.columns(['area', 'hash']).doUpdateSet({ stored_at: Date.now() }))
      .execute()
    for (const [part, bytes] of partsOf(content).entries())
      await transaction
        .insertInto('blob_part')
        .values({ area, hash, part, content: bytes })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
  })

const read = async (db: MainDatabase, { area, hash }: BlobKey): Promise<Uint8Array | undefined> => {
  // One statement: a blob that is deleted meanwhile is there whole, or not at all.
  const rows = await db
    .selectFrom('blob')
    .leftJoin('blob_part', (join) =>
      join.onRef('blob_part.area', '=', 'blob.area').onRef('blob_part.hash', '=', 'blob.hash'),
    )
    .select('blob_part.content')
    .where('blob.area', '=', area)
    .where('blob.hash', '=', hash)
    .orderBy('blob_part.part')
    .execute()
  if (rows.length === 0) return undefined
  return Buffer.concat(rows.flatMap(({ content }) => (content ? [new Uint8Array(content)] : [])))
}

const older = async (db: MainDatabase, area: string, before: number): Promise<string[]> => {
  const rows = await db
    .selectFrom('blob')
    .select('hash')
    .where('area', '=', areaPath(area))
    .where('stored_at', '<', before)
    .execute()
  return rows.map(({ hash }) => hash)
}

/** Blobs in the main store, for processes that share nothing else. What is read at positions is kept on this machine's disk. */
export const sqlBlobStore = (db: MainDatabase, cache: BlobCache): BlobStore => {
  const has = async ({ area, hash }: BlobKey): Promise<boolean> =>
    (await db.selectFrom('blob').select('hash').where('area', '=', area).where('hash', '=', hash).execute()).length > 0
  const remove = async (key: BlobKey): Promise<void> => {
    const { area, hash } = checked(key)
    await db.deleteFrom('blob').where('area', '=', area).where('hash', '=', hash).execute()
    await cache.forget(key)
  }
  return {
    isAnswering: () =>
      checkDatabase(db).then(
        () => true,
        () => false,
      ),
    put: async (key, content) => {
      if (!(await renew(db, checked(key)))) await write(db, key, content)
    },
    has: (key) => has(checked(key)),
    get: (key) => read(db, checked(key)),
    touch: (key) => renew(db, checked(key)),
    openReader: (key) => cache.open(key, () => read(db, key)),
    delete: remove,
    listOlder: (area, before) => older(db, area, before),
    deleteOlder: async (area, before) => {
      for (const hash of await older(db, area, before)) await remove({ area, hash })
    },
  }
}
