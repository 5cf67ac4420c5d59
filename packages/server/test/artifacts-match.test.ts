import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildIndex } from '@foghorn/symbolicate'
import { createArtifacts } from '../src/artifacts/artifacts.ts'
import { indexKey } from '../src/artifacts/blob-keys.ts'
import { sqlArtifactRecords } from '../src/adapters/sql/artifact-records.ts'
import { startService, type TestService } from './harness.ts'
import { bundleOf, DEBUG_ID, MAP, upload, type Upload, type Wish } from './upload.ts'
import { openDatabase } from './main-store.ts'

let service: TestService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

// Each test has a project of its own.
let project: { id: number; slug: string }
let projects = 0
beforeEach(async () => {
  const slug = `project-${(projects += 1)}`
  project = (await service.stores.projects.create({
    organizationId: service.project.organizationId,
    slug,
    name: slug,
  }))!
})

const put = async (wish: Wish, options: Upload = {}): Promise<void> => {
  expect(
    (await upload(service, bundleOf({ debugId: null, ...wish }), { projects: [project.slug], ...options })).body.state,
  ).toBe('ok')
}

/** A map of the same script whose frames lie in another source. */
const mapTo = (source: string): string => MAP.replace('../src/source.ts', source)

interface Place {
  filename?: string
  lineno?: number
  release?: string
  dist?: string
  debugId?: string
}

/** How the map of a frame was found and which source it names, or why not. */
const find = async (place: Place = {}): Promise<string[]> => {
  const { filename = 'https://shop.test/static/app.js', lineno = 1, debugId, ...names } = place
  const images = debugId
    ? [{ type: 'sourcemap' as const, code_file: filename, debug_id: debugId.replaceAll('-', '') }]
    : []
  const frame = { filename, lineno, colno: 10 }
  const found = await service.stores.findMap({ projectId: project.id, images, ...names }, frame)
  if ('reason' in found) return [found.reason, found.detail ?? '']
  const hit = found.index.lookup({ line: lineno, column: 10 })
  return [found.by, hit.status === 'resolved' ? (hit.source ?? '') : hit.reason]
}

describe('the map of a frame is found', () => {
  test('by debug ID, wherever the script is served from', async () => {
    await put({ url: `~/${DEBUG_ID}-0.js`, debugId: DEBUG_ID })
    expect(await find({ debugId: DEBUG_ID, filename: 'https://cdn.test/any/where.js?v=3' })).toEqual([
      'debug-id',
      expect.any(String),
    ])
  })

  test('by the newest upload of a debug ID', async () => {
    await put({ debugId: DEBUG_ID, map: mapTo('old.ts') })
    await put({ debugId: DEBUG_ID, map: mapTo('new.ts') })
    expect((await find({ debugId: DEBUG_ID }))[1]).toContain('new.ts')
  })

  test('by release and address', async () => {
    await put({ map: mapTo('one.ts') }, { version: 'web@1' })
    await put({ map: mapTo('two.ts') }, { version: 'web@2' })
    expect(await find({ release: 'web@1' })).toEqual(['url', expect.stringContaining('one.ts')])
    expect(await find({ release: 'web@2' })).toEqual(['url', expect.stringContaining('two.ts')])
  })

  test.each(['?v=123', '#top', '?a=b#c'])('when the address ends with %s', async (end) => {
    await put({}, { version: 'web@1' })
    expect((await find({ release: 'web@1', filename: `https://shop.test/static/app.js${end}` }))[0]).toBe('url')
  })

  test.each(['https://cdn.test/v7/static/app.js', 'https://shop.test/sub/path/static/app.js', 'app:///static/app.js'])(
    'when the script is served from %s',
    async (filename) => {
      await put({}, { version: 'web@1' })
      expect((await find({ release: 'web@1', filename }))[0]).toMatch(/^(url|path-suffix)$/)
    },
  )

  test('when dist differs, and by it when several would do', async () => {
    await put({ map: mapTo('ios.ts') }, { version: 'web@1', dist: 'ios' })
    expect(await find({ release: 'web@1', dist: 'none' })).toEqual(['url', expect.stringContaining('ios.ts')])
    await put({ map: mapTo('web.ts') }, { version: 'web@1', dist: 'web' })
    expect((await find({ release: 'web@1', dist: 'ios' }))[1]).toContain('ios.ts')
  })

  test('by a file name that holds a build hash, whatever the release', async () => {
    await put({ url: '~/assets/index-B6xZk1aQ.js' }, { version: 'web@1' })
    const filename = 'https://shop.test/other/index-B6xZk1aQ.js'
    expect((await find({ release: 'web@9', filename }))[0]).toBe('file-name')
  })

  test('in an old release, behind many newer uploads of the same name', async () => {
    await put({ map: mapTo('old.ts') }, { version: 'web@old' })
    for (let number = 0; number < 55; number++) await put({}, { version: `web@${number}` })
    expect((await find({ release: 'web@old' }))[1]).toContain('old.ts')
  })

  test('in the upload that has the position', async () => {
    await put({ map: mapTo('one-line.ts') }, { version: 'web@1' })
    await put({ map: JSON.stringify({ ...JSON.parse(mapTo('later.ts')), mappings: ';;;AAAA' }) }, { version: 'web@1' })
    expect((await find({ release: 'web@1' }))[1]).toContain('one-line.ts')
  })

  test('by address when the debug ID was never uploaded', async () => {
    await put({}, { version: 'web@1' })
    expect((await find({ release: 'web@1', debugId: DEBUG_ID }))[0]).toBe('url')
  })
})

describe('a frame without a map says why', () => {
  test('nothing was uploaded for its debug ID', async () => {
    expect(await find({ debugId: DEBUG_ID })).toEqual([
      'no-artifact',
      `Nothing with debug ID ${DEBUG_ID.replaceAll('-', '')} was uploaded to this project.`,
    ])
  })

  test('all that has its file name has another debug ID', async () => {
    await put({ debugId: DEBUG_ID.replaceAll('a', 'b') })
    expect((await find({ debugId: DEBUG_ID }))[0]).toBe('no-artifact')
  })

  test('it has no debug ID, and its file name is unknown', async () => {
    expect(await find()).toEqual([
      'no-artifact',
      'The script has no debug ID. No map of a script named app.js was uploaded.',
    ])
  })

  test('the map is of another release, and which one', async () => {
    await put({}, { version: 'web@1' })
    expect(await find({ release: 'web@2' })).toEqual([
      'no-artifact',
      'The script has no debug ID. The nearest upload is ~/static/app.js of release web@1; the event has release web@2.',
    ])
  })

  test('and which uploads come nearest, with what speaks against each', async () => {
    await put({ url: '~/v1/static/app.js' }, { version: 'web@1' })
    await put({ url: '~/other/app.js', map: mapTo('other.ts') })
    await put({ debugId: DEBUG_ID, map: mapTo('built.ts') })
    const id = 'b'.repeat(32)
    const place = { projectId: project.id, images: [], release: 'web@2' }
    const image = { type: 'sourcemap' as const, code_file: 'https://shop.test/v2/app.js', debug_id: id }
    const frame = { filename: 'https://shop.test/v2/app.js', lineno: 1, colno: 10 }
    const misfits = async (images: (typeof image)[]) => {
      const found = await service.stores.findMap({ ...place, images }, frame)
      if (!('reason' in found)) throw new Error('a map was found')
      return found.candidates!.map(({ script, differsIn, wanted, has }) => [script, differsIn, wanted, has])
    }
    expect(await misfits([])).toEqual(
      expect.arrayContaining([
        ['~/v1/static/app.js', 'release', 'web@2', 'web@1'],
        ['~/other/app.js', 'path', 'v2', 'other'],
        ['~/static/app.js', 'path', 'v2', 'static'],
      ]),
    )
    expect(await misfits([image])).toContainEqual(['~/static/app.js', 'debug-id', id, DEBUG_ID.replaceAll('-', '')])
  })

  test('only another build of the script was uploaded, whose hash is part of its name', async () => {
    await put({ url: '~/assets/index-B3kd91Xz.js' }, { version: 'web@1' })
    await put({ url: '~/assets/vendor-B3kd91Xz.js', map: mapTo('vendor.ts') }, { version: 'web@1' })
    const frame = { filename: 'https://shop.test/assets/index-Cq20aTf7.js', lineno: 1, colno: 10 }
    const found = await service.stores.findMap({ projectId: project.id, images: [], release: 'web@2' }, frame)
    expect(found).toMatchObject({
      reason: 'no-artifact',
      detail:
        'The script has no debug ID. The nearest upload is ~/assets/index-B3kd91Xz.js of release web@1: index-Cq20aTf7.js is another build of it.',
    })
    expect('candidates' in found && found.candidates).toEqual([
      expect.objectContaining({ differsIn: 'build', wanted: 'index-Cq20aTf7.js', has: 'index-B3kd91Xz.js' }),
    ])
  })

  test('the position lies outside of the uploaded script', async () => {
    await put({ debugId: DEBUG_ID })
    expect(await find({ debugId: DEBUG_ID, lineno: 7 })).toEqual(['debug-id', 'position-outside'])
  })
})

test('an index that is lost or damaged is made again', async () => {
  await put({ debugId: DEBUG_ID })
  const [name] = await find({ debugId: DEBUG_ID })
  expect(name).toBe('debug-id')
  const { blobs } = service.stores
  const db = await openDatabase(service.data)
  const records = sqlArtifactRecords(db, () => service.clock.now)
  const [map] = await records.mapsByDebugId(project.id, DEBUG_ID.replaceAll('-', ''))
  expect(map).toBeDefined()
  const key = indexKey(map!)
  await blobs.delete(key)
  await blobs.put(key, Buffer.from('damaged'))
  const fresh = createArtifacts({
    blobs,
    records,
    bundles: service.stores.artifactBundles,
    build: buildIndex,
    now: () => service.clock.now,
  })
  const images = [{ type: 'sourcemap' as const, code_file: 'https://shop.test/app.js', debug_id: map!.debugId! }]
  const found = await fresh.findMap({ projectId: project.id, images }, { filename: 'https://shop.test/app.js' })
  expect(found).toMatchObject({ by: 'debug-id' })
  await db.destroy()
})
