// From one store to another while events come in, and back.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { continueSequences, lastOfSequences } from '../src/adapters/postgres/sequences.ts'
import { openMainDatabase } from '../src/adapters/sql/database.ts'
import type { MainDatabase } from '../src/adapters/sql/main-database.ts'
import { continueAutoincrements, lastOfAutoincrements } from '../src/adapters/sqlite/autoincrements.ts'
import { lockFolder } from '../src/adapters/sqlite/folder-lock.ts'
import { readConfig } from '../src/config.ts'
import { mainFile } from '../src/data-folder.ts'
import { openStores, type StoreOptions } from '../src/stores.ts'
import { moveToFolder, moveToPostgres } from '../src/transfer/between-databases.ts'
import {
  moveBack,
  moveOut,
  TransferError,
  type Move,
  type MoveOut,
  type Phase,
  type TransferListener,
} from '../src/transfer/transfer.ts'
import { copyEmptyStore } from './empty-store.ts'
import { envelope, errorEvent, startService, type TestService } from './harness.ts'
import { createEmptyStore, dropStore, onPostgres, openDatabase } from './main-store.ts'
import { createDatabase } from './postgres-server.ts'

const start = async (): Promise<TestService> => {
  const service = await startService({ embedded: true })
  onTestFinished(() => service.close())
  return service
}

const emptyTarget = async (): Promise<MainDatabase> => {
  const folder = mkdtempSync(join(tmpdir(), 'foghorn-transfer-'))
  await createEmptyStore(folder)
  const db = await openDatabase(folder)
  onTestFinished(async () => {
    await db.destroy()
    await dropStore(folder)
    rmSync(folder, { recursive: true, force: true })
  })
  return db
}

const emptyFolder = (): MainDatabase => {
  const folder = mkdtempSync(join(tmpdir(), 'foghorn-transfer-'))
  copyEmptyStore(folder)
  const db = openMainDatabase(mainFile(folder))
  onTestFinished(async () => {
    await db.destroy()
    rmSync(folder, { recursive: true, force: true })
  })
  return db
}

const moveOf = (service: TestService, target: MainDatabase): MoveOut => {
  const source = openMainDatabase(mainFile(service.data))
  onTestFinished(() => source.destroy())
  return {
    data: service.data,
    source,
    target,
    carryNumbers: async (tables) => {
      const last = await lastOfAutoincrements(source, tables)
      await (onPostgres ? continueSequences(target, last) : continueAutoincrements(target, last))
    },
    copyBeside: async () => undefined,
  }
}

const moveBackOf = (source: MainDatabase, target: MainDatabase): Move => ({
  source,
  target,
  carryNumbers: async (tables) =>
    continueAutoincrements(target, await (onPostgres ? lastOfSequences : lastOfAutoincrements)(source, tables)),
})

let faults = 0
/** Some events of faults that are known and of new ones, with everything that hangs on them. */
const sendSome = async (service: TestService, count: number): Promise<string[]> => {
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    const event = errorEvent({
      message: `fault ${index % 2 === 0 ? (faults += 1) : index} with a NUL \0`,
      exception: undefined,
      user: { id: `user-${index % 7}` },
      tags: { plan: ['free', 'team'][index % 2] },
      release: `shop@1.${index % 3}.0`,
    })
    await service.post(service.envelopePath, envelope(event))
    ids.push(event.event_id)
  }
  await service.digest()
  return ids
}

const listener = (
  phases: Partial<Record<Phase, () => unknown>> = {},
  onRows = (): void => undefined,
): TransferListener => ({
  onPhase: (phase) => void phases[phase]?.(),
  onRows,
})

const idsIn = async (db: MainDatabase): Promise<string[]> => {
  const rows = await db.selectFrom('event').select('event_id').orderBy('event_id').execute()
  return rows.map(({ event_id }) => event_id)
}

test('a store is moved while events come in, and holds all of them in the end', async () => {
  const service = await start()
  const ids = await sendSome(service, 40)
  const target = await emptyTarget()
  const running = lockFolder(service.data)!
  let traffic = Promise.resolve()
  const listening = listener({
    copying: () => {
      traffic = sendSome(service, 60).then(async (more) => {
        ids.push(...more)
        await service.stores.triage.tend()
      })
    },
    waiting: async () => {
      await traffic
      ids.push(...(await sendSome(service, 10)))
      running.release()
    },
  })
  const { rows } = await moveOut(moveOf(service, target), listening)
  expect(rows).toBeGreaterThan(ids.length)
  expect(await idsIn(target)).toEqual(ids.toSorted())
})

test('cut off at any row, it goes on where it was', async () => {
  const service = await start()
  const ids = await sendSome(service, 30)
  const target = await emptyTarget()
  let calls = 0
  for (let cutAt = 1, isDone = false; !isDone; cutAt += 4) {
    calls = 0
    const cut = listener({}, () => {
      if ((calls += 1) === cutAt) throw new Error('cut off')
    })
    isDone = await moveOut(moveOf(service, target), cut).then(
      () => true,
      () => false,
    )
    if (!isDone) ids.push(...(await sendSome(service, 3)))
  }
  expect(await idsIn(target)).toEqual(ids.toSorted())
})

test('what is taken from one row and given to another while rows are copied arrives', async () => {
  const service = await start()
  const { projects } = service.stores
  const organizationId = service.project.organizationId
  const other = (await projects.create({ organizationId, slug: 'other', name: 'Other' }))!
  const target = await emptyTarget()
  const move = moveOf(service, target)
  const rename = (id: number, slug: string) =>
    move.source.updateTable('project').set({ slug }).where('id', '=', id).execute()
  await moveOut(
    move,
    listener({
      following: async () => {
        await rename(service.project.id, 'third')
        await rename(other.id, 'shop')
        await rename(service.project.id, 'other')
      },
    }),
  )
  const rows = await target.selectFrom('project').select(['id', 'slug']).orderBy('id').execute()
  expect(rows).toEqual([
    { id: service.project.id, slug: 'other' },
    { id: other.id, slug: 'shop' },
  ])
})

test('a row that is not the same in the end is found, and so is one that is missing', async () => {
  const service = await start()
  await sendSome(service, 10)
  for (const spoil of [sql`update issue set title = 'another' where id = 1`, sql`delete from event where id = 3`]) {
    const target = await emptyTarget()
    const moving = moveOut(moveOf(service, target), listener({ comparing: () => spoil.execute(target) }))
    await expect(moving).rejects.toThrow(
      /do not hold the same.*(issue: \d+ rows, of which some|event: \d+ rows, of which \d+ arrived)/,
    )
    await expect(moving).rejects.toThrow(TransferError)
  }
})

test('a store that holds something already is not written to', async () => {
  const service = await start()
  const other = await start()
  const target = openMainDatabase(mainFile(other.data))
  onTestFinished(() => target.destroy())
  await expect(moveOut(moveOf(service, target), listener())).rejects.toThrow('holds something already')
  expect(await idsIn(target)).toEqual([])
})

test('the source is left as it was', async () => {
  const service = await start()
  await sendSome(service, 5)
  const move = moveOf(service, await emptyTarget())
  const schema = () => sql<{ name: string }>`select name from sqlite_master order by name`.execute(move.source)
  const before = await schema()
  await moveOut(move, listener())
  expect((await schema()).rows).toEqual(before.rows)
})

test('what is moved out and back is the same', async () => {
  const service = await start()
  const ids = await sendSome(service, 20)
  const there = await emptyTarget()
  const { rows } = await moveOut(moveOf(service, there), listener())
  const back = emptyFolder()
  expect(await moveBack(moveBackOf(there, back), listener())).toMatchObject({ rows })
  expect(await idsIn(back)).toEqual(ids.toSorted())
})

test('numbers that were given are not given again, here or there', async () => {
  const service = await start()
  const [there, back] = [await emptyTarget(), emptyFolder()]
  const move = moveOf(service, there)
  const make = async (db: MainDatabase, slug: string): Promise<number> => {
    const row = { slug, name: slug, created_at: 0 }
    return (await db.insertInto('organization').values(row).returning('id').executeTakeFirstOrThrow()).id
  }
  const makeAndDelete = async (db: MainDatabase, slug: string): Promise<number> => {
    const id = await make(db, slug)
    await db.deleteFrom('organization').where('id', '=', id).execute()
    return id
  }
  const first = await makeAndDelete(move.source, 'gone')
  await moveOut(move, listener())
  const second = await makeAndDelete(there, 'gone')
  await moveBack(moveBackOf(there, back), listener())
  const third = await make(back, 'new')
  expect([second, third]).toEqual([first + 1, first + 2])
})

test.runIf(onPostgres)('what the command moves, files included, is there for a service, and comes back', async () => {
  const service = await start()
  const [eventId] = await sendSome(service, 3)
  const file = { area: 'file', hash: 'a'.repeat(64) }
  await service.stores.blobs.put(file, Buffer.from('a map'))
  const database = await createDatabase({ isBlank: true })
  onTestFinished(database.drop)
  const { url } = database.settings
  const folderOf = (name: string): string => {
    const folder = mkdtempSync(join(tmpdir(), `foghorn-${name}-`))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    return folder
  }
  const holds = async (data: string, options: StoreOptions): Promise<unknown[]> => {
    const stores = await openStores(data, options)
    const event = await stores.events.find(service.project.id, eventId!)
    const content = await stores.blobs.get(file)
    await stores.close()
    return [event?.eventId, content && Buffer.from(content).toString()]
  }

  const moved = await moveToPostgres(readConfig({ FOGHORN_DATA: service.data }), url, listener())
  expect(moved.files).toBe(1)
  expect(await holds(folderOf('there'), { postgres: database.settings })).toEqual([eventId, 'a map'])

  const back = folderOf('back')
  const { rows, files } = await moveToFolder(readConfig({ FOGHORN_DATA: back }), url, listener())
  expect([rows, files]).toEqual([moved.rows, 1])
  expect(await holds(back, {})).toEqual([eventId, 'a map'])

  const empty = readConfig({ FOGHORN_DATA: folderOf('empty') })
  await expect(moveToPostgres(empty, url, listener())).rejects.toThrow('There is no store in')
})
