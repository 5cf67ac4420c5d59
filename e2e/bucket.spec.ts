// oxlint-disable no-empty-pattern -- Playwright reads from the pattern what a fixture needs, and insists on one
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import { exceptionsOf, innermostFirst } from './harness/exceptions.ts'
import { foghorn, spawnFoghorn } from './harness/foghorn.ts'
import { freePort } from './harness/free-port.ts'
import { createInstallation, type Installation } from './harness/installation.ts'
import { isScaled } from './harness/shape.ts'
import { expect, test as base } from './harness/test.ts'

const TEXT = 'The cart cannot hold -2 of lantern'

interface Bucket {
  env: Record<string, string>
  start(): Promise<void>
  stop(): Promise<void>
}

const test = base.extend<{ bucket: Bucket; bucketInstallation: Installation }>({
  bucket: async ({}, use, { parallelIndex }) => {
    const directory = await mkdtemp(join(tmpdir(), 'foghorn-bucket-'))
    const port = await freePort(parallelIndex)
    let server: S3rver
    const start = async () => {
      const configureBuckets = [{ name: 'uploads' }]
      server = new S3rver({ port, address: '127.0.0.1', silent: true, directory, configureBuckets })
      await server.run()
    }
    const env = {
      FOGHORN_S3_BUCKET: 'uploads',
      FOGHORN_S3_ENDPOINT: `http://127.0.0.1:${port}`,
      FOGHORN_S3_KEY: 'S3RVER',
      FOGHORN_S3_SECRET: 'S3RVER',
    }
    await start()
    await use({ env, start, stop: () => server.close() })
    await server!.close()
    await rm(directory, { recursive: true, force: true })
  },
  bucketInstallation: async ({ bucket }, use, { parallelIndex }) => {
    const installation = await createInstallation(parallelIndex, bucket.env)
    await use(installation)
    await installation.close()
  },
})

test('events that come while the bucket is away wait for their maps, and are one issue with those of before', async ({
  page,
  bucket,
  bucketInstallation: { data, folders, service, reader, shopUrl },
}) => {
  test.slow()
  const fail = async () => {
    await page.goto(shopUrl)
    await page.getByTestId('fail-method').click()
  }
  await fail()
  const resolvedTo = async () => {
    const [crash] = innermostFirst(exceptionsOf(await reader.latestEvent(TEXT))[0]?.stacktrace)
    return crash?.filename
  }
  expect(await resolvedTo()).toMatch(/\.tsx?$/)

  // With nothing on the disk, and nothing open.
  await service.stop()
  for (const folder of folders) await rm(join(folder, 'cache'), { recursive: true, force: true })
  await service.start()
  await bucket.stop()
  await fail()
  await expect.poll(() => service.output()).toContain('will be tried again')
  await bucket.start()
  await expect.poll(async () => (await reader.issue(TEXT)).count).toBe('2')
  expect(await reader.issues()).toHaveLength(1)
  expect(await resolvedTo()).toMatch(/\.tsx?$/)

  // A database is backed up by tools of its own.
  if (isScaled) return
  const backup = `${data}.tar.gz`
  const printed = await foghorn(['backup', backup], { ...bucket.env, FOGHORN_DATA: data })
  await rm(backup)
  expect(printed).toContain('Uploaded scripts and maps lie in the bucket uploads and are not in it.')
})

test('the start says what is wrong with a bucket', async ({ bucket }) => {
  const data = await mkdtemp(join(tmpdir(), 'foghorn-bucket-'))
  const wrong = { ...bucket.env, FOGHORN_S3_BUCKET: 'nowhere' }
  const refused = spawnFoghorn(['serve', '--port', '0', '--data', data], wrong)
  let output = ''
  refused.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(refused, 'exit')) as [number]
  await rm(data, { recursive: true })
  expect(code).not.toBe(0)
  expect(output).toContain('There is no bucket nowhere at http://127.0.0.1')
})
