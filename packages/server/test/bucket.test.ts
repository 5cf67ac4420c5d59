import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { backUp } from '../src/backup/backup.ts'
import type { CachedBucket } from '../src/choose-blobs.ts'
import { readConfig } from '../src/config.ts'
import { artifactsFolder, cacheFolder } from '../src/data-folder.ts'
import { examine } from '../src/doctor/doctor.ts'
import { openStores } from '../src/stores.ts'
import { KEY, startBucketServer, type BucketServer } from './bucket-server.ts'
import { envelope, errorEvent, startService, type TestService } from './harness.ts'
import { bundleOf, DEBUG_ID, upload } from './upload.ts'
import { onPostgres, storeEnvironment, storeOptions } from './main-store.ts'

let server: BucketServer
let bucket: CachedBucket
let service: TestService
beforeAll(async () => {
  server = await startBucketServer()
  bucket = server.bucket('foghorn/')
  service = await startService({ bucket })
  expect((await upload(service, bundleOf())).body.state).toBe('ok')
})
afterAll(async () => {
  await service.close()
  await server.close()
})
beforeEach(() => {
  service.clock.now = Date.now()
})

const filename = 'https://shop.test/static/app.js'

const crash = () =>
  errorEvent({
    debug_meta: { images: [{ type: 'sourcemap', code_file: filename, debug_id: DEBUG_ID }] },
    exception: {
      values: [{ type: 'Error', value: 'x', stacktrace: { frames: [{ filename, lineno: 1, colno: 10 }] } }],
    },
  })

const env = () => ({
  ...storeEnvironment(service.data),
  FOGHORN_S3_BUCKET: bucket.name,
  FOGHORN_S3_ENDPOINT: server.endpoint,
  FOGHORN_S3_KEY: KEY,
  FOGHORN_S3_SECRET: KEY,
  FOGHORN_S3_PREFIX: 'foghorn',
})

const findingsOf = async (check: string) =>
  (await examine(readConfig(env()))).filter((finding) => finding.check === check)

test('uploads lie in the bucket alone, and resolve frames', async () => {
  const event = crash()
  await service.post(service.envelopePath, envelope(event))
  await service.digest()
  const stored = await service.stores.events.find(service.project.id, event.event_id)
  expect(JSON.stringify(stored)).toContain('src/source.ts')
  expect(existsSync(artifactsFolder(service.data))).toBe(false)
})

test('a machine with an empty disk resolves frames by what another one has uploaded', async () => {
  await rm(cacheFolder(service.data), { recursive: true, force: true })
  const fresh = await openStores(service.data, { ...storeOptions(service.data), bucket })
  const images = [{ type: 'sourcemap' as const, code_file: filename, debug_id: DEBUG_ID.replaceAll('-', '') }]
  const found = await fresh.findMap({ projectId: service.project.id, images }, { filename, lineno: 1, colno: 10 })
  await fresh.close()
  expect(found).toMatchObject({ by: 'debug-id' })
  expect(readdirSync(cacheFolder(service.data))).toContain('index')
})

test('the doctor looks at the bucket and at every file in it', async () => {
  expect(await findingsOf('bucket')).toMatchObject([{ severity: 'ok', finding: expect.stringContaining('uploads') }])
  expect(await findingsOf('artifacts')).toMatchObject([
    { severity: 'ok', finding: 'All 2 uploaded files are in the bucket uploads and unchanged.' },
  ])
})

test('the doctor tells of files that lie in a folder or a database which nobody reads them from', async () => {
  const before = await openStores(service.data, storeOptions(service.data))
  await before.blobs.put({ area: 'file', hash: 'a'.repeat(64) }, Buffer.from('of before'))
  await before.close()
  const [finding] = await findingsOf('bucket')
  const advice = expect.stringContaining(onPostgres ? 'Upload again' : 'aws s3 sync')
  expect(finding).toMatchObject({ severity: 'warning', advice })
  if (!onPostgres) await rm(artifactsFolder(service.data), { recursive: true })
})

// A database has its own tools for that.
test.skipIf(onPostgres)('a backup leaves out what is only a copy of the bucket', async () => {
  const file = join(service.data, '..', `${service.project.id}-${process.pid}.tar.gz`)
  expect((await backUp(service.data, file)).files).toBe(0)
  await rm(file)
})
