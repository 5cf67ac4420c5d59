import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientOrigin } from '../src/api/client-origin.ts'
import { startService, type TestService } from './harness.ts'
import { assemble, bundleOf, DEBUG_ID, MAP, sendChunks, upload } from './upload.ts'
import { sha1 } from './zip.ts'

let service: TestService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const frame = { filename: 'https://shop.test/static/app.js', lineno: 1, colno: 10 }

const find = (debugId: string, projectId = service.project.id) =>
  service.stores.findMap(
    { projectId, images: [{ type: 'sourcemap', code_file: frame.filename, debug_id: debugId.replaceAll('-', '') }] },
    frame,
  )

describe('an uploader', () => {
  test('learns what to send, at the address that it used', async () => {
    const response = await service.read('/api/0/organizations/acme/chunk-upload/')
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toMatchObject({
      url: 'http://foghorn.test/api/0/organizations/acme/chunk-upload/',
      hashAlgorithm: 'sha1',
      compression: ['gzip'],
      accept: ['release_files', 'artifact_bundles', 'artifact_bundles_v2'],
    })
  })

  test.each([
    ['https://foghorn.test', 'http://foghorn.test', 'https://foghorn.test'],
    ['https://foghorn.test', 'http://10.0.0.7:4300', 'http://10.0.0.7:4300'],
    ['http://foghorn.test:4300', 'http://foghorn.test', 'http://foghorn.test'],
  ])('of a service at %s that asks %s is sent to %s', (publicUrl, asked, origin) => {
    expect(clientOrigin(`${asked}/api/0/x/`, publicUrl)).toBe(origin)
  })

  test('is told which chunks are missing, and only those', async () => {
    const [there, absent] = [Buffer.from('there'), Buffer.from('absent')]
    await sendChunks(service, [{ field: 'file', name: sha1(there), bytes: there }])
    const chunks = [sha1(there), sha1(absent), sha1(absent)]
    const answer = await assemble(service, { checksum: '0'.repeat(40), chunks, projects: ['shop'] })
    expect(answer).toEqual({ status: 200, body: { state: 'not_found', missingChunks: [sha1(absent)], detail: null } })
  })

  test('sends many small chunks, gzipped or not, and the map resolves a frame', async () => {
    const debugId = '11111111-1111-4111-8111-111111111111'
    const answer = await upload(service, bundleOf({ debugId }), { chunkSize: 64 })
    expect(answer.body).toEqual({ state: 'ok', missingChunks: [], detail: null })
    const found = await find(debugId)
    expect(found).toMatchObject({ by: 'debug-id' })
    expect('index' in found && found.index.lookup({ line: 1, column: 10 })).toMatchObject({
      status: 'resolved',
      line: 2,
    })
  })

  test('that repeats itself is told that all is there, without chunks', async () => {
    const bundle = bundleOf({ debugId: '22222222-2222-4222-8222-222222222222' })
    await upload(service, bundle)
    const [file] = [{ area: 'chunk-1', hash: sha1(bundle) }]
    await service.stores.blobs.delete(file!)
    const answer = await assemble(service, { checksum: sha1(bundle), chunks: [sha1(bundle)], projects: ['shop'] })
    expect(answer.body.state).toBe('ok')
  })

  test('may assemble the same bundle ten times at once', async () => {
    const bundle = bundleOf({ debugId: '33333333-3333-4333-8333-333333333333' })
    await sendChunks(service, [{ name: sha1(bundle), bytes: gzipSync(bundle) }])
    const body = { checksum: sha1(bundle), chunks: [sha1(bundle)], projects: ['shop'] }
    const answers = await Promise.all(Array.from({ length: 10 }, () => assemble(service, body)))
    expect(new Set(answers.map(({ body }) => body.state))).toEqual(new Set(['ok']))
    expect(await find('33333333-3333-4333-8333-333333333333')).toMatchObject({ by: 'debug-id' })
  })

  test.each(['sourcemap', 'Sourcemap'])('may write the header %s', async (header) => {
    const url = `~/headers/${header}/app.js`
    expect((await upload(service, bundleOf({ url, debugId: null, header }), { version: header })).body.state).toBe('ok')
    const query = { projectId: service.project.id, release: header, images: [] }
    const found = await service.stores.findMap(query, {
      ...frame,
      filename: `https://shop.test/headers/${header}/app.js`,
    })
    expect(found).toMatchObject({ by: 'url' })
  })

  test('may name projects by number', async () => {
    const bundle = bundleOf({ debugId: '44444444-4444-4444-8444-444444444444' })
    expect((await upload(service, bundle, { projects: [service.project.id] })).body.state).toBe('ok')
  })
})

describe('an upload is refused', () => {
  const request = (body: unknown) => assemble(service, body)

  test('for a project that is not there', async () => {
    const { status, body } = await request({
      checksum: sha1(MAP as never),
      chunks: [sha1(MAP as never)],
      projects: ['ship'],
    })
    expect([status, body.detail]).toEqual([400, 'There is no project "ship" in this organization. Check --project.'])
  })

  test.each([
    ['checksum', { checksum: '../../etc/passwd', chunks: ['0'.repeat(40)], projects: ['shop'] }],
    ['chunks.0', { checksum: '0'.repeat(40), chunks: ['../x'], projects: ['shop'] }],
    ['chunks', { checksum: '0'.repeat(40), chunks: [], projects: ['shop'] }],
    ['projects', { checksum: '0'.repeat(40), chunks: ['0'.repeat(40)] }],
  ])('with a bad %s', async (name, body) => {
    const answer = await request(body)
    expect(answer.status).toBe(400)
    expect(answer.body.detail).toContain(name)
  })

  test('without a token, or with one that may not', async () => {
    expect((await assemble(service, {}, 'nonsense')).status).toBe(401)
    expect((await assemble(service, {}, await service.createToken('acme', ['event:read']))).status).toBe(403)
    expect((await assemble(service, {}, await service.createToken('other'))).status).toBe(404)
  })

  test('when a chunk has another checksum than its name says', async () => {
    const answer = await sendChunks(service, [{ name: '0'.repeat(40), bytes: gzipSync('x') }])
    expect(answer.status).toBe(400)
    expect(answer.body.detail).toContain('has another checksum')
  })

  test.each(['../../../../tmp/evil', 'A'.repeat(40), ''])('when a chunk is named %j', async (name) => {
    expect((await sendChunks(service, [{ name, bytes: gzipSync('x') }])).status).toBe(400)
  })

  test('when a chunk is no gzip', async () => {
    const answer = await sendChunks(service, [{ name: sha1(Buffer.from('x')), bytes: Buffer.from('x') }])
    expect([answer.status, answer.body.detail]).toEqual([400, `Chunk ${sha1(Buffer.from('x'))} is not valid gzip.`])
  })

  test('when a chunk is a bomb', async () => {
    const bomb = Buffer.alloc(64 * 1024 * 1024)
    expect((await sendChunks(service, [{ name: sha1(bomb), bytes: gzipSync(bomb) }])).status).toBe(413)
  })

  test('when the request is larger than it may be', async () => {
    const bytes = Buffer.alloc(33 * 1024 * 1024)
    expect((await sendChunks(service, [{ field: 'file', name: sha1(bytes), bytes }])).status).toBe(413)
  })

  test('when the body is no form', async () => {
    const headers = { authorization: `Bearer ${service.token}`, 'content-type': 'multipart/form-data; boundary=x' }
    const response = await service.request('/api/0/organizations/acme/chunk-upload/', {
      method: 'POST',
      body: 'no',
      headers,
    })
    expect([response.status, await response.json()]).toEqual([400, { detail: 'The body is not multipart/form-data.' }])
  })

  test('when the body is not JSON', async () => {
    const headers = { authorization: `Bearer ${service.token}` }
    const path = '/api/0/organizations/acme/artifactbundle/assemble/'
    const response = await service.request(path, { method: 'POST', body: '{', headers })
    expect([response.status, await response.json()]).toEqual([400, { detail: 'The body is not JSON.' }])
  })
})

describe('maps stay within their project', () => {
  test('another project of the organization does not see them', async () => {
    await upload(service, bundleOf())
    const organizationId = service.project.organizationId
    const other = (await service.stores.projects.create({ organizationId, slug: 'other', name: 'Other' }))!
    expect(await find(DEBUG_ID)).toMatchObject({ by: 'debug-id' })
    expect(await find(DEBUG_ID, other.id)).toMatchObject({ reason: 'no-artifact' })
  })
})
