import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { BlobKey, BlobStore } from '../../src/ports/artifact-store.ts'

const MINUTE_MS = 60_000

const keyOf = (content: string, area = 'file'): BlobKey => ({
  area,
  hash: createHash('sha256').update(content).digest('hex'),
})

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const text = (content: Uint8Array | undefined): string | undefined => content && new TextDecoder().decode(content)

/** Waits until the store's clock is past a time: buckets tell whole seconds. */
const isOlderNow = async (store: BlobStore, { area, hash }: BlobKey): Promise<number> => {
  let before = 0
  await expect.poll(async () => (await store.listOlder(area, (before = Date.now()))).includes(hash)).toBe(true)
  return before
}

/** What every store of blobs must do. */
export const blobStoreContract = (adapter: string, open: () => Promise<BlobStore>): void => {
  describe(adapter, () => {
    test('gives what was put, byte for byte, and nothing for what was not', async () => {
      const store = await open()
      const content = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256)
      await store.put(keyOf('a'), content)
      expect(Buffer.compare((await store.get(keyOf('a')))!, content)).toBe(0)
      expect(await store.has(keyOf('a'))).toBe(true)
      expect([await store.get(keyOf('b')), await store.has(keyOf('b'))]).toEqual([undefined, false])
    })

    test('keeps empty content, and the same hash in two areas apart', async () => {
      const store = await open()
      await store.put(keyOf('a'), bytes(''))
      await store.put(keyOf('a', 'chunk-1'), bytes('chunk'))
      expect(text(await store.get(keyOf('a')))).toBe('')
      expect(text(await store.get(keyOf('a', 'chunk-1')))).toBe('chunk')
      expect(await store.has(keyOf('a', 'chunk-12'))).toBe(false)
    })

    test('reads at any position, and no further than the end', async () => {
      const store = await open()
      await store.put(keyOf('a'), bytes('0123456789'))
      const reader = (await store.openReader(keyOf('a')))!
      const into = new Uint8Array(4)
      expect(reader.size).toBe(10)
      expect([reader.readInto(into, 3, 4), text(into)]).toEqual([4, '3456'])
      expect([reader.readInto(into, 8, 4), text(into.subarray(0, 2))]).toEqual([2, '89'])
      expect(reader.readInto(into, 10, 4)).toBe(0)
      reader.close()
      expect(await store.openReader(keyOf('b'))).toBeUndefined()
    })

    test('gives several readers of one blob at once, which outlive its deletion', async () => {
      const store = await open()
      await store.put(keyOf('a'), bytes('0123456789'))
      const readers = await Promise.all(Array.from({ length: 5 }, () => store.openReader(keyOf('a'))))
      await store.delete(keyOf('a'))
      for (const reader of readers) {
        const into = new Uint8Array(2)
        reader!.readInto(into, 4, 2)
        expect(text(into)).toBe('45')
        reader!.close()
      }
    })

    test('deletes, and has nothing against deleting again', async () => {
      const store = await open()
      await store.put(keyOf('a'), bytes('a'))
      ;(await store.openReader(keyOf('a')))!.close()
      await store.delete(keyOf('a'))
      await store.delete(keyOf('a'))
      expect([await store.has(keyOf('a')), await store.get(keyOf('a')), await store.openReader(keyOf('a'))]).toEqual([
        false,
        undefined,
        undefined,
      ])
      await store.put(keyOf('a'), bytes('again'))
      const reader = (await store.openReader(keyOf('a')))!
      expect(reader.size).toBe(5)
      reader.close()
    })

    test('tells and deletes what is older than a time, in one area', async () => {
      const store = await open()
      for (const name of ['a', 'b']) await store.put(keyOf(name), bytes(name))
      await store.put(keyOf('a', 'chunk-1'), bytes('chunk'))
      expect(await store.listOlder('file', Date.now() - MINUTE_MS)).toEqual([])
      await store.deleteOlder('file', Date.now() - MINUTE_MS)
      const soon = Date.now() + MINUTE_MS
      expect((await store.listOlder('file', soon)).toSorted()).toEqual([keyOf('a').hash, keyOf('b').hash].toSorted())
      await store.deleteOlder('file', soon)
      expect(await store.listOlder('file', soon)).toEqual([])
      expect(await store.has(keyOf('a', 'chunk-1'))).toBe(true)
      expect(await store.listOlder('chunk-2', soon)).toEqual([])
    })

    test.each<[string, (store: BlobStore) => Promise<unknown>]>([
      ['touched', (store) => store.touch(keyOf('a'))],
      ['put again', (store) => store.put(keyOf('a'), bytes('a'))],
    ])('what is %s counts as new', async (_how, renew) => {
      const store = await open()
      for (const name of ['a', 'b']) await store.put(keyOf(name), bytes(name))
      await isOlderNow(store, keyOf('a'))
      const before = await isOlderNow(store, keyOf('b'))
      await expect.poll(() => Date.now(), { interval: 2 }).toBeGreaterThan(before)
      await renew(store)
      await store.deleteOlder('file', before)
      expect([text(await store.get(keyOf('a'))), await store.has(keyOf('b'))]).toEqual(['a', false])
    })

    test('says when there is nothing to touch', async () => {
      const store = await open()
      expect(await store.touch(keyOf('a'))).toBe(false)
      await store.put(keyOf('a'), bytes('a'))
      expect(await store.touch(keyOf('a'))).toBe(true)
    })

    test('takes no name that is not its own', async () => {
      const store = await open()
      for (const key of [
        { area: '../file', hash: keyOf('a').hash },
        { area: 'file', hash: '../../secret' },
      ]) {
        await expect(async () => store.put(key, bytes('a'))).rejects.toThrow(TypeError)
        await expect(async () => store.get(key)).rejects.toThrow(TypeError)
        await expect(async () => store.delete(key)).rejects.toThrow(TypeError)
      }
    })

    test('answers', async () => {
      expect(await (await open()).isAnswering()).toBe(true)
    })
  })
}
