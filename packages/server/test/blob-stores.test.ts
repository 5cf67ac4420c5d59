import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { fsBlobStore } from '../src/adapters/fs/blob-store.ts'
import { createBlobCache } from '../src/adapters/fs/blob-cache.ts'
import { s3BlobStore } from '../src/adapters/s3/blob-store.ts'
import { openBucket } from '../src/adapters/s3/bucket.ts'
import { sqlBlobStore } from '../src/adapters/sql/blob-store.ts'
import { checkBucket } from '../src/adapters/s3/check-bucket.ts'
import type { CachedBucket } from '../src/choose-blobs.ts'
import type { BlobKey, BlobReader, BlobStore } from '../src/ports/artifact-store.ts'
import { startBucketServer, type BucketServer } from './bucket-server.ts'
import { blobStoreContract } from './contracts/blob-store.ts'
import { createEmptyStore, dropStore, openDatabase } from './main-store.ts'

let server: BucketServer
beforeAll(async () => {
  server = await startBucketServer()
})
afterAll(() => server.close())

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'foghorn-blobs-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

let places = 0
const place = (): CachedBucket => server.bucket(`place-${(places += 1)}/`)

const openCached = async (bucket: CachedBucket, cache: string, maxBytes = 1_000_000) =>
  s3BlobStore(await openBucket(bucket), createBlobCache({ folder: cache, maxBytes }))

blobStoreContract('blobs in a folder', async () => fsBlobStore(folder()))
const openInStore = async (): Promise<BlobStore> => {
  const data = folder()
  await createEmptyStore(data)
  onTestFinished(() => dropStore(data))
  const db = await openDatabase(data)
  onTestFinished(() => db.destroy())
  return sqlBlobStore(db, createBlobCache({ folder: folder(), maxBytes: 1_000_000 }))
}
blobStoreContract('blobs in the main store', openInStore)
blobStoreContract('blobs in a bucket', () => openCached(place(), folder()))

const key = (digit: string, area = 'index'): BlobKey => ({ area, hash: digit.repeat(64) })

const read = (reader: BlobReader | undefined): string => {
  const into = new Uint8Array(reader!.size)
  reader!.readInto(into, 0, into.length)
  reader!.close()
  return Buffer.from(into).toString()
}

const bytesBelow = (path: string): number =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)

test('a blob of many parts in the main store is there whole or not at all, whoever puts and deletes it', async () => {
  const store = await openInStore()
  const content = Buffer.alloc(1_000_000, 'ahoy')
  const seen = new Set<string>()
  const look = async (): Promise<void> => {
    const found = await store.get(key('a'))
    seen.add(found === undefined ? 'nothing' : String(Buffer.compare(found, content)))
  }
  for (let round = 0; round < 10; round += 1) {
    await Promise.all([store.put(key('a'), content), look(), store.put(key('a'), content), look()])
    await Promise.all([look(), store.delete(key('a')), look()])
  }
  await store.put(key('a'), content)
  await look()
  expect([...seen].filter((what) => what !== 'nothing')).toEqual(['0'])
})

test('what one machine puts another one reads', async () => {
  const bucket = place()
  const [one, other] = [await openCached(bucket, folder()), await openCached(bucket, folder())]
  await one.put(key('a'), Buffer.from('index'))
  expect(read(await other.openReader(key('a')))).toBe('index')
  await one.delete(key('a'))
  expect(await other.has(key('a'))).toBe(false)
})

test('blobs of a folder can be copied into a bucket under their names', async () => {
  const from = folder()
  await fsBlobStore(from).put(key('a'), Buffer.from('index'))
  const settings = place()
  const bucket = await openBucket(settings)
  const [path] = readdirSync(from, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const name = join(path!.parentPath, path!.name).slice(from.length + 1)
  await bucket.put(name, Buffer.from('index'))
  expect(read(await (await openCached(settings, folder())).openReader(key('a')))).toBe('index')
})

test('a blob that was read is on this disk, and is read from there again', async () => {
  const bucket = place()
  const cache = folder()
  const store = await openCached(bucket, cache)
  await store.put(key('a'), Buffer.from('index'))
  expect(bytesBelow(cache)).toBe(0)
  read(await store.openReader(key('a')))
  expect(bytesBelow(cache)).toBe(5)
  // Behind the store's back, so that only the copy can answer.
  await (await openBucket(bucket)).delete(`index/aa/${key('a').hash}`)
  expect(read(await store.openReader(key('a')))).toBe('index')
})

test('the copies stay within their bound: those used last are kept, and what is open stays readable', async () => {
  const cache = folder()
  const store = await openCached(place(), cache, 250)
  for (const digit of ['a', 'b', 'c', 'd']) await store.put(key(digit), Buffer.alloc(100, digit))
  const first = await store.openReader(key('a'))
  for (const digit of ['b', 'c', 'd']) {
    read(await store.openReader(key(digit)))
    expect(bytesBelow(cache)).toBeLessThanOrEqual(250)
  }
  const kept = readdirSync(cache, { recursive: true }).map(String)
  expect(kept.some((name) => name.endsWith(key('d').hash))).toBe(true)
  expect(kept.some((name) => name.endsWith(key('a').hash))).toBe(false)
  expect(read(first)).toBe('a'.repeat(100))
})

test('a blob that is larger than the bound can be read all the same', async () => {
  const store = await openCached(place(), folder(), 10)
  await store.put(key('a'), Buffer.alloc(1000, 'a'))
  expect(read(await store.openReader(key('a')))).toBe('a'.repeat(1000))
})

test('a bucket that can be used passes the check, and keeps nothing of it', async () => {
  const settings = place()
  await checkBucket(settings)
  const left = []
  for await (const entry of (await openBucket(settings)).list('check')) left.push(entry)
  expect(left).toEqual([])
})

test.each<[string, (settings: CachedBucket) => CachedBucket, RegExp]>([
  [
    'an unknown name',
    (settings) => ({ ...settings, name: 'nowhere' }),
    /There is no bucket nowhere at http.*FOGHORN_S3_BUCKET/,
  ],
  [
    'another key',
    (settings) => ({ ...settings, credentials: { accessKeyId: 'stranger', secretAccessKey: 'wrong' } }),
    /does not let this service write \(InvalidAccessKeyId\)/,
  ],
  [
    'an address where nobody listens',
    (settings) => ({ ...settings, endpoint: 'http://127.0.0.1:9' }),
    /cannot be used: .*ECONNREFUSED.*FOGHORN_S3_ENDPOINT/,
  ],
])('a bucket with %s is refused with what to do', async (_what, change, message) => {
  await expect(checkBucket(change(place()))).rejects.toThrow(message)
})

test('a bucket that went away is noticed, and so is its return', async () => {
  const passing = await startBucketServer()
  const settings = passing.bucket('')
  const store = await openCached(settings, folder())
  expect(await store.isAnswering()).toBe(true)
  await passing.close()
  await expect(store.get(key('a'))).rejects.toThrow()
  expect(await store.isAnswering()).toBe(false)
  const again = await startBucketServer(Number(new URL(settings.endpoint!).port))
  onTestFinished(() => again.close())
  await expect.poll(() => store.isAnswering()).toBe(true)
  expect(await store.get(key('a'))).toBeUndefined()
})
