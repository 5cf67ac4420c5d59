// Making the index of a stored map, with the real builder and its process.
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildIndex, type ScopeStore } from '@foghorn/symbolicate'
import { createBuilder } from '@foghorn/symbolicate/worker'
import { sqlArtifactRecords } from '../src/adapters/sql/artifact-records.ts'
import { indexKey } from '../src/artifacts/blob-keys.ts'
import { createIndexMap } from '../src/artifacts/index-map.ts'
import { createOpenIndexes } from '../src/artifacts/open-indexes.ts'
import { startService, type TestService } from './harness.ts'
import { bundleOf, DEBUG_ID, MAP, upload } from './upload.ts'
import { openDatabase } from './main-store.ts'

let service: TestService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

/** Processes of this one that build indexes. */
const buildProcesses = (): number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, ...args]) => Number(parent) === process.pid && args.join(' ').includes('build-process'))
    .map(([pid]) => Number(pid))

test('a build that is killed from outside is not held against the map, and is done again later', async () => {
  await upload(service, bundleOf({ debugId: DEBUG_ID, map: MAP }))
  const db = await openDatabase(service.data)
  const records = sqlArtifactRecords(db, () => service.clock.now)
  const [map] = await records.mapsByDebugId(service.project.id, DEBUG_ID.replaceAll('-', ''))
  const { blobs } = service.stores
  // The service makes it as well once a map was uploaded: it is not to come while the test has it away.
  await expect.poll(() => records.indexState(indexKey(map!).hash)).toEqual({ status: 'ready' })
  await blobs.delete(indexKey(map!))
  const earlier = buildProcesses()
  const builder = createBuilder()
  // A build asks for what is known of its sources, and waits for the answer: the moment to end it.
  let isToBeKilled = true
  const build: typeof builder.build = (bytes, { scopes, ...options } = {}) => {
    const get = (key: string): ReturnType<ScopeStore['get']> => {
      if (isToBeKilled) for (const pid of buildProcesses()) if (!earlier.includes(pid)) process.kill(pid, 'SIGKILL')
      isToBeKilled = false
      return scopes!.get(key)
    }
    return builder.build(bytes, { ...options, scopes: { get, put: scopes!.put } })
  }
  const indexMap = createIndexMap({ blobs, records, build, now: () => service.clock.now })

  expect(await indexMap(map!)).toMatchObject({
    status: 'invalid',
    reason: expect.stringContaining('ended from outside'),
  })
  expect(await records.indexState(indexKey(map!).hash)).not.toMatchObject({ status: 'invalid' })
  expect(await indexMap(map!)).toMatchObject({ reason: expect.stringContaining('tried again shortly') })

  service.clock.now += 61_000
  expect(await indexMap(map!)).toEqual({ status: 'ready' })
  builder.close()
  await db.destroy()
})

test('an index that turns out to be damaged while it is open counts as lost, so that it is made again', async () => {
  const built = await buildIndex(MAP)
  if (!built.ok) throw new Error(built.reason)
  // The first page follows the header.
  built.index[100]! ^= 1
  const key = { area: 'index', hash: 'da'.repeat(32) }
  const { blobs } = service.stores
  await blobs.put(key, built.index)
  const indexes = createOpenIndexes(blobs)
  const index = await indexes.open(key)
  expect(index?.lookup({ line: 1, column: 10 })).toMatchObject({ reason: 'index-damaged' })
  expect(await indexes.open(key)).toBeUndefined()
})
