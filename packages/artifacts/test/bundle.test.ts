import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromBuffer } from 'yauzl'
import { expect, test } from 'vitest'
import { writeBundle, type BundleEntry } from '../src/bundle.ts'
import { folderWith } from './build-folder.ts'

const DEBUG_ID = 'a63e4dba-e3db-81de-a99f-f34a8ea019de'

const entries = (): BundleEntry[] => [
  { type: 'minified_source', url: '~/a.js', debugId: DEBUG_ID, sourceMap: 'a.js.map', read: async () => 'code' },
  { type: 'source_map', url: '~/a.js.map', debugId: DEBUG_ID, read: async () => 'map'.repeat(1000) },
  { type: 'source_map', url: 'https://cdn.test/a.js.map', read: async () => 'other' },
]

const OPTIONS = { org: 'acme', projects: ['shop'], release: 'web@1', chunkSize: 64 }

const write = async (list = entries()) => {
  const path = join(folderWith().path, 'bundle')
  const bundle = await writeBundle(path, list, OPTIONS)
  return { bundle, bytes: readFileSync(path) }
}

const readZip = (bytes: Buffer): Promise<Map<string, string>> =>
  new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error)
      const files = new Map<string, string>()
      zip.on('entry', (entry) =>
        zip.openReadStream(entry, (_, stream) => {
          const parts: Buffer[] = []
          stream.on('data', (part: Buffer) => parts.push(part))
          stream.on('end', () => {
            files.set(entry.fileName, Buffer.concat(parts).toString())
            zip.readEntry()
          })
        }),
      )
      zip.on('end', () => resolve(files))
      zip.on('error', reject)
      zip.readEntry()
    })
  })

test('a bundle is an archive behind a header, its offsets counted from the header', async () => {
  const { bytes } = await write()
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from('SYSB\x02\0\0\0'))
  const files = await readZip(bytes)
  expect(files.get('files/_/_/a.js')).toBe('code')
  expect(JSON.parse(files.get('manifest.json')!)).toEqual({
    files: {
      'files/_/_/a.js': {
        type: 'minified_source',
        url: '~/a.js',
        headers: { 'debug-id': DEBUG_ID, sourcemap: 'a.js.map' },
      },
      'files/_/_/a.js.map': { type: 'source_map', url: '~/a.js.map', headers: { 'debug-id': DEBUG_ID } },
      'files/_/_/cdn.test/a.js.map': { type: 'source_map', url: 'https://cdn.test/a.js.map', headers: {} },
    },
    org: 'acme',
    project: 'shop',
    release: 'web@1',
  })
})

test('the same files make the same bytes', async () => {
  expect((await write()).bytes).toEqual((await write()).bytes)
})

test('checksums are those of the file and its chunks', async () => {
  const { bundle, bytes } = await write()
  const sha1 = (part: Uint8Array): string => createHash('sha1').update(part).digest('hex')
  expect([bundle.checksum, bundle.size]).toEqual([sha1(bytes), bytes.length])
  const parts = bundle.chunks.map(({ offset, length }) => bytes.subarray(offset, offset + length))
  expect(Buffer.concat(parts)).toEqual(bytes)
  expect(bundle.chunks.map(({ checksum }) => checksum)).toEqual(parts.map(sha1))
  expect(Math.max(...parts.map((part) => part.length))).toBe(64)
})

test('a file that cannot be read fails the bundle', async () => {
  const broken: BundleEntry = { type: 'source_map', url: '~/b', read: () => Promise.reject(new Error('vanished')) }
  await expect(write([broken])).rejects.toThrow('vanished')
})
