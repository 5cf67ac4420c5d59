import { expect } from 'vitest'
import type { TestService } from './harness.ts'
import { assemble, sendChunks, upload } from './upload.ts'
import { zipBundle } from './zip.ts'

const EMPTY = 'da39a3ee5e6b4b0d3255bfef95601890afd80709'

/** An upload whose chunks are not what they should make up. */
export const uploadMismatch = async (service: TestService): Promise<void> => {
  await sendChunks(service, [{ field: 'file', name: EMPTY, bytes: Buffer.alloc(0) }])
  const { body } = await assemble(service, { checksum: '0'.repeat(40), chunks: [EMPTY], projects: ['shop'] })
  expect(body).toMatchObject({ state: 'error' })
}

const UPLOADS = '/api/0/projects/acme/shop'

/** Reasons why files of the newest upload cannot be read. */
const faults = async (service: TestService): Promise<unknown[]> => {
  const ask = async <Answer>(path: string) => (await (await service.read(`${UPLOADS}/${path}/`)).json()) as Answer
  const [newest] = await ask<{ bundleId: string }[]>('files/artifact-bundles')
  const { files } = await ask<{ files: { index: { reason?: string } | null }[] }>(
    `artifact-bundles/${newest!.bundleId}/files`,
  )
  return files.flatMap(({ index }) => index?.reason ?? [])
}

/** An upload of maps that are taken in, but that no index can be made of. */
export const uploadUnreadable = async (service: TestService, names: readonly string[]): Promise<void> => {
  const maps = names.map((name) => ({ name, content: '{'.repeat(name.length) }))
  const listed = maps.map(({ name }) => [name, { type: 'source_map', url: `~/${name}` }])
  const manifest = {
    name: 'manifest.json',
    content: JSON.stringify({ files: Object.fromEntries(listed), org: 'acme' }),
  }
  expect((await upload(service, zipBundle([...maps, manifest]))).body.state).toBe('ok')
  await expect.poll(() => faults(service)).toEqual(names.map(() => expect.any(String)))
}
