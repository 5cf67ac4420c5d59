import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createDeflateRaw } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startService, type TestService } from './harness.ts'
import { assemble, bundleOf, sendChunks, upload } from './upload.ts'
import { sha1, zipBundle, type ZipEntry } from './zip.ts'

let service: TestService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const MIB = 1024 * 1024

const refusal = async (bundle: Buffer): Promise<string | null | undefined> => {
  const { status, body } = await upload(service, bundle, { chunkSize: 4 * MIB })
  expect([status, body.state, body.missingChunks]).toEqual([200, 'error', []])
  return body.detail
}

/** So many megabytes of zeros, deflated without ever being in memory together. */
const packZeros = async (megabytes: number): Promise<Buffer> => {
  const zeros = Buffer.alloc(MIB)
  const parts = Readable.from(Array.from({ length: megabytes }, () => zeros)).pipe(createDeflateRaw())
  return buffer(parts)
}

const manifest = (files: object = {}): ZipEntry => ({ name: 'manifest.json', content: JSON.stringify({ files }) })

describe('a bundle is refused, and says why', () => {
  test.each<[string, ZipEntry[], string]>([
    ['a path out of its folder', [{ name: '../../evil.js', content: '' }, manifest()], 'invalid relative path'],
    ['an absolute path', [{ name: '/etc/cron.d/evil', content: '' }, manifest()], 'absolute path'],
    ['a symbolic link', [{ name: 'a', content: '/etc/passwd', mode: 0o120777 }, manifest()], 'is a symbolic link'],
    ['an encrypted entry', [{ name: 'a', content: 'x', isEncrypted: true }, manifest()], 'is encrypted'],
    ['an unknown method', [{ name: 'a', content: 'x', method: 99 }, manifest()], 'a method other than deflate'],
    [
      'an entry twice',
      [{ name: 'a', content: '1' }, { name: 'a', content: '2' }, manifest()],
      'has the entry "a" twice',
    ],
    [
      'an entry that claims to be huge',
      [{ name: 'a', content: 'x', claimedSize: 0x7fffffff }, manifest()],
      'unpacks to more than',
    ],
    ['no manifest', [{ name: 'a', content: 'x' }], 'lacks the entry "manifest.json"'],
    ['a manifest that is not JSON', [{ name: 'manifest.json', content: '{' }], 'is not JSON'],
    ['a manifest without files', [{ name: 'manifest.json', content: '{}' }], 'does not fit: files'],
    [
      'a manifest that lists more than there is',
      [manifest({ ghost: { type: 'source_map', url: '~/a' } })],
      'lists "ghost"',
    ],
  ])('for %s', async (_what, entries, reason) => {
    expect(await refusal(zipBundle(entries))).toContain(reason)
  })

  test('for an entry that unpacks to more than it claims', async () => {
    const lie = { name: 'a.map', content: Buffer.alloc(MIB), claimedSize: 10 }
    const bundle = zipBundle([lie, manifest({ 'a.map': { type: 'source_map', url: '~/a.map' } })])
    expect(await refusal(bundle)).toContain('damaged')
  })

  test('for more entries than anybody needs', async () => {
    const entries = Array.from({ length: 20_001 }, (_, number) => ({ name: `${number}`, content: '' }))
    expect(await refusal(zipBundle([...entries, manifest()]))).toContain('more than 20000 entries')
  })

  test('for a manifest that fills the memory', async () => {
    const noise = Array.from({ length: 40 * 1024 }, (_, number) => sha1(Buffer.from(`${number}`))).join('')
    const padding = noise.repeat(21)
    const content = JSON.stringify({ files: {}, padding })
    expect(await refusal(zipBundle([{ name: 'manifest.json', content }]))).toContain('manifest.json is larger than')
  })

  test('for a bomb: small, and vast when unpacked', async () => {
    const bomb = { name: 'a.map', content: Buffer.alloc(80 * MIB) }
    expect(await refusal(zipBundle([bomb, manifest()]))).toContain('times its size')
  })

  test('for an entry that would fill the memory, before it does', async () => {
    const packed = await packZeros(1024)
    const lie = { name: 'a.map', content: '', packed, claimedSize: 10 }
    const bundle = zipBundle([lie, manifest({ 'a.map': { type: 'source_map', url: '~/a.map' } })])
    const before = process.resourceUsage().maxRSS
    expect(await refusal(bundle)).toContain('damaged')
    // Kilobytes; unpacked it would be a million of them.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(200_000)
  })

  test.each([
    ['that is no archive', Buffer.from('SYSB\x02\0\0\0 and nothing else')],
    ['that is empty', Buffer.from('x')],
    ['that was cut short', bundleOf().subarray(0, 400)],
  ])('for a file %s', async (_what, bundle) => {
    expect(await refusal(bundle)).toContain('damaged')
  })

  test('when its chunks make up another file', async () => {
    const bytes = Buffer.from('chunk')
    await sendChunks(service, [{ field: 'file', name: sha1(bytes), bytes }])
    const { body } = await assemble(service, { checksum: '1'.repeat(40), chunks: [sha1(bytes)], projects: ['shop'] })
    expect(body.detail).toContain('do not make up the file')
  })
})

describe('a map that cannot be read', () => {
  const frame = { filename: 'https://shop.test/static/app.js', lineno: 1, colno: 10 }

  test.each([
    ['is not JSON', '{"version":3,'],
    ['is no object', '[]'],
    ['is empty', ''],
  ])('because it %s does not hinder the upload, and the frame says so', async (what, map) => {
    const debugId = sha1(Buffer.from(what)).slice(0, 32)
    expect((await upload(service, bundleOf({ debugId, map }))).body.state).toBe('ok')
    const images = [{ type: 'sourcemap' as const, code_file: frame.filename, debug_id: debugId }]
    const found = await service.stores.findMap({ projectId: service.project.id, images }, frame)
    expect('reason' in found ? [found.reason, found.detail] : found).toEqual([
      'map-invalid',
      expect.stringContaining('~/static/app.js.map: '),
    ])
  })
})

test('the service is well after all of that', async () => {
  expect((await service.read('/api/0/organizations/acme/')).status).toBe(200)
  expect(service.failures).toEqual([])
})
