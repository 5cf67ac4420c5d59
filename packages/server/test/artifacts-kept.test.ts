import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createUpkeep } from '../src/artifacts/upkeep.ts'
import { regroup } from '../src/regrouping/regroup.ts'
import { openStores } from '../src/stores.ts'
import type { ArtifactBundleJson, ArtifactFileJson, ResolvedIssueJson } from '../src/api/artifact-bundle-json.ts'
import { envelope, errorEvent, newEventId, startService, type TestService } from './harness.ts'
import { assemble, bundleOf, DEBUG_ID, MAP, sendChunks, upload, type Upload, type Wish } from './upload.ts'
import { sha1 } from './zip.ts'
import { storeOptions } from './main-store.ts'

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const LIST = '/api/0/projects/acme/shop/files/artifact-bundles/'

const put = async (wish: Wish = {}, options: Upload = {}): Promise<void> => {
  expect((await upload(service, bundleOf(wish), options)).body.state).toBe('ok')
}

const list = async (query = ''): Promise<ArtifactBundleJson[]> =>
  (await (await service.read(`${LIST}${query}`)).json()) as ArtifactBundleJson[]

const releases = async (query?: string): Promise<(string | null)[]> =>
  (await list(query)).map(({ associations }) => associations[0]!.release)

const filesOf = async ({ bundleId }: ArtifactBundleJson): Promise<ArtifactFileJson[]> => {
  const response = await service.read(`/api/0/projects/acme/shop/artifact-bundles/${bundleId}/files/`)
  return ((await response.json()) as { files: ArtifactFileJson[] }).files
}

const issuesOf = async ({ bundleId }: ArtifactBundleJson): Promise<ResolvedIssueJson[]> => {
  const response = await service.read(`/api/0/projects/acme/shop/artifact-bundles/${bundleId}/issues/`)
  return ((await response.json()) as { issues: ResolvedIssueJson[] }).issues
}

const remove = async (query: string, token = service.token): Promise<number> => {
  const headers = { authorization: `Bearer ${token}` }
  return (await service.request(`${LIST}${query}`, { method: 'DELETE', headers })).status
}

const findMap = async (debugId = DEBUG_ID): Promise<string> => {
  const frame = { filename: 'https://shop.test/static/app.js', lineno: 1, colno: 10 }
  const images = [
    { type: 'sourcemap' as const, code_file: frame.filename, debug_id: debugId.replaceAll('-', '').toLowerCase() },
  ]
  const found = await service.stores.findMap({ projectId: service.project.id, images }, frame)
  return 'reason' in found ? found.reason : found.by
}

const sendError = async (event_id = newEventId()): Promise<void> => {
  const filename = 'https://shop.test/static/app.js'
  const event = errorEvent({
    event_id,
    debug_meta: { images: [{ type: 'sourcemap', code_file: filename, debug_id: DEBUG_ID }] },
    exception: {
      values: [{ type: 'Error', value: 'x', stacktrace: { frames: [{ filename, lineno: 1, colno: 10 }] } }],
    },
  })
  await service.post(service.envelopePath, envelope(event))
  await service.digest()
  await service.stores.mapUse.flush()
}

describe('uploads are listed', () => {
  test('the newest first, with their files', async () => {
    await put({}, { version: 'web@1', dist: 'ios' })
    await put({ url: '~/other.js', debugId: null }, { version: 'web@2' })
    const [newest, oldest] = await list()
    expect(newest).toMatchObject({ associations: [{ release: 'web@2', dist: null }], fileCount: 2 })
    expect(oldest).toMatchObject({
      associations: [{ release: 'web@1', dist: 'ios' }],
      fileCount: 2,
      lastUsed: null,
      eventsResolved: 0,
    })
    expect(await filesOf(oldest!)).toMatchObject([
      { filePath: '~/static/app.js', fileType: 'minified_source' },
      {
        filePath: '~/static/app.js.map',
        fileType: 'source_map',
        fileSize: MAP.length,
        debugId: DEBUG_ID.replaceAll('-', ''),
        index: { status: 'ready' },
      },
    ])
  })

  test('those that fit what is looked for', async () => {
    await put({}, { version: 'web@1' })
    await put({ url: '~/assets/cart_1.js', debugId: null }, { version: 'web@2' })
    expect(await releases('?query=cart_1')).toEqual(['web@2'])
    expect(await releases('?query=cart%25')).toEqual([])
    expect(await releases(`?query=${DEBUG_ID.toUpperCase()}`)).toEqual(['web@1'])
    expect(await releases('?query=web@')).toEqual(['web@2', 'web@1'])
    expect(await releases('?release=web@1')).toEqual(['web@1'])
  })

  test('in pages', async () => {
    for (let number = 0; number < 101; number++) await put({ debugId: null }, { version: `web@${number}` })
    const first = await service.read(LIST)
    expect(((await first.json()) as unknown[]).length).toBe(100)
    const [, cursor] = /results="true"; cursor="(\d+)"/.exec(first.headers.get('link') ?? '')!
    expect(await releases(`?cursor=${cursor}`)).toEqual(['web@0'])
  })

  test('with why a map cannot be used', async () => {
    await put({ map: '{"version":3' })
    const [, map] = await filesOf((await list())[0]!)
    expect(map!.index).toMatchObject({ status: 'invalid', reason: expect.stringMatching(/\w/) })
  })

  test('with what they were good for: once for each event, and not again for a repeated one', async () => {
    await put()
    const repeated = newEventId()
    for (const id of [newEventId(), repeated, repeated]) await sendError(id)
    const [bundle] = await list()
    expect(bundle).toMatchObject({ eventsResolved: 2, lastUsed: expect.stringMatching(/^\d{4}-/) })
    const used = (await filesOf(bundle!)).map(({ fileType, eventsResolved }) => [fileType, eventsResolved])
    expect(used).toEqual([
      ['minified_source', 0],
      ['source_map', 2],
    ])
  })

  test('with the issues whose events they resolved, as long as these are resolved with them', async () => {
    await sendError()
    await put({}, { version: 'web@1' })
    while (await regroup(service.stores));
    const last = newEventId()
    await sendError(last)
    const [bundle] = await list()
    expect(await issuesOf(bundle!)).toMatchObject([
      { culprit: 'fail (src/source.ts)', eventsResolved: 2, latestEventID: last },
    ])
    await put({ map: MAP.replace('SACE', 'SACG') }, { version: 'web@2' })
    while (await regroup(service.stores));
    const [newer, older] = await list()
    expect(await issuesOf(newer!)).toMatchObject([{ eventsResolved: 2 }])
    expect(await issuesOf(older!)).toEqual([])
  })

  test('to nobody of another organization', async () => {
    await put()
    const [bundle] = await list()
    const stranger = await service.createToken('other')
    expect((await service.read(LIST, stranger)).status).toBe(404)
    const organizationId = service.project.organizationId
    await service.stores.projects.create({ organizationId, slug: 'second', name: 'Second' })
    for (const part of ['files', 'issues'])
      expect(
        (await service.read(`/api/0/projects/acme/second/artifact-bundles/${bundle!.bundleId}/${part}/`)).status,
      ).toBe(404)
  })
})

describe('an upload that is deleted', () => {
  test('resolves nothing any more, and can be uploaded again', async () => {
    await put()
    const [bundle] = await list()
    expect(await findMap()).toBe('debug-id')
    expect(await remove(`?bundleId=${bundle!.bundleId}`)).toBe(204)
    expect([await list(), await findMap()]).toEqual([[], 'no-artifact'])
    await put()
    expect(await findMap()).toBe('debug-id')
  })

  test('leaves the files that came with another upload too', async () => {
    await put({}, { version: 'web@1' })
    await put({ script: 'other()' }, { version: 'web@1' })
    const [newest] = await list()
    expect(await remove(`?bundleId=${newest!.bundleId}`)).toBe(204)
    expect(await findMap()).toBe('debug-id')
    expect(await filesOf((await list())[0]!)).toHaveLength(2)
  })

  test('goes with all of its release', async () => {
    await put({}, { version: 'web@1' })
    await put({ script: 'other()' }, { version: 'web@1' })
    await put({}, { version: 'web@2' })
    expect(await remove('?release=web@1')).toBe(204)
    expect(await releases()).toEqual(['web@2'])
  })

  test('makes events be looked at again', async () => {
    await put()
    await sendError()
    await remove(`?bundleId=${(await list())[0]!.bundleId}`)
    expect(await service.stores.regrouping.list(service.project.id, 1)).toMatchObject([{ cause: 'artifacts-removed' }])
  })

  test('is named by who may', async () => {
    await put()
    expect(await remove('')).toBe(400)
    expect(await remove('?release=web@1', await service.createToken('acme', ['project:read']))).toBe(403)
    expect(await list()).toHaveLength(1)
  })
})

describe('what is kept is bounded', () => {
  const DAY_MS = 24 * 60 * 60 * 1000

  // How old stored files are says the disk, by the clock of the machine.
  beforeEach(() => {
    service.clock.now = Date.now()
  })

  const upkeepAt = (now: number) =>
    createUpkeep({ ...service.stores, bundles: service.stores.artifactBundles, now: () => now, days: 30 })

  const runUpkeep = async (now: number): Promise<void> => {
    const step = upkeepAt(now)
    while (await step());
  }

  test('uploads that are old and not used go, but for the newest release', async () => {
    await put({}, { version: 'web@1' })
    await put({ debugId: null }, { version: 'web@2' })
    await put({ debugId: null, script: 'other()' }, { version: 'web@2' })
    await runUpkeep(Date.now() + 29 * DAY_MS)
    expect(await releases()).toHaveLength(3)
    await runUpkeep(Date.now() + 31 * DAY_MS)
    expect(await releases()).toEqual(['web@2', 'web@2'])
  })

  test('uploads that are used stay', async () => {
    await put({}, { version: 'web@1' })
    await put({ debugId: null }, { version: 'web@2' })
    await sendError()
    const files = await service.stores.artifactBundles.files(service.project.id, 1)
    await service.stores.artifactBundles.noteUse(new Map([[files![1]!.id, 1]]), Date.now() + 20 * DAY_MS)
    await runUpkeep(Date.now() + 40 * DAY_MS)
    expect(await releases()).toEqual(['web@2', 'web@1'])
  })

  test('contents that nobody has any more are deleted, after an hour', async () => {
    const { blobs } = service.stores
    await put({}, { version: 'web@1' })
    await put({ map: MAP.replace('source.ts', 'kept.ts') }, { version: 'web@2' })
    const before = await blobs.listOlder('file', Date.now() + DAY_MS)
    await remove('?release=web@1')
    await runUpkeep(Date.now())
    expect(await blobs.listOlder('file', Date.now() + DAY_MS)).toHaveLength(before.length)
    await runUpkeep(Date.now() + 2 * 60 * 60 * 1000)
    expect(await blobs.listOlder('file', Date.now() + DAY_MS)).toHaveLength(before.length - 1)
    expect(await findMap()).toBe('debug-id')
  })

  test('a project that is full is told what to do, and may repeat what it has', async () => {
    const bundle = bundleOf()
    await upload(service, bundle)
    expect(await (await service.read('/api/0/projects/acme/shop/artifact-bundles/storage/')).json()).toEqual({
      bundles: 1,
      files: 2,
      bytes: expect.any(Number),
    })
    const full = await openStores(service.data, { ...storeOptions(service.data), artifactBytes: 100 })
    const request = { organizationId: service.project.organizationId, projectIds: [service.project.id], dist: null }
    const same = { ...request, checksum: sha1(bundle), chunks: [sha1(bundle)], release: null }
    expect((await full.assemble(same)).state).toBe('ok')
    expect(await full.assemble({ ...same, release: 'web@2' })).toMatchObject({
      state: 'error',
      detail: expect.stringContaining('foghorn sourcemaps delete'),
    })
    await full.close()
  })
})

test('overlapping uploads at once end with all of both, and nothing twice', async () => {
  const bundles = Array.from({ length: 10 }, (_, number) => bundleOf({ script: `script${number % 5}()` }))
  await sendChunks(
    service,
    bundles.map((bytes) => ({ name: sha1(bytes), bytes: gzipSync(bytes) })),
  )
  const answers = await Promise.all(
    bundles.map((bytes) => assemble(service, { checksum: sha1(bytes), chunks: [sha1(bytes)], projects: ['shop'] })),
  )
  expect(new Set(answers.map(({ body }) => body.state))).toEqual(new Set(['ok']))
  const listed = await list()
  expect(listed).toHaveLength(5)
  const files = (await Promise.all(listed.map(filesOf))).flat()
  // Five scripts, and the one map that they share.
  expect([files.length, new Set(files.map(({ id }) => id)).size]).toEqual([10, 6])
})
