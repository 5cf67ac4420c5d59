import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { sqliteInbox, sqliteInboxReader } from '../src/adapters/sqlite/inbox.ts'
import { backUp } from '../src/backup/backup.ts'
import { restore } from '../src/backup/restore.ts'
import { inboxFile } from '../src/data-folder.ts'
import { drain } from '../src/ingest/drain.ts'
import { openStores } from '../src/stores.ts'
import { openVault } from '../src/vault.ts'
import { envelope, errorEvent, startService, type TestService } from './harness.ts'

let service: TestService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'foghorn-backup-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const send = async (): Promise<string> => {
  const event = errorEvent()
  const response = await service.post(service.envelopePath, envelope(event))
  expect(response.status).toBe(200)
  return event.event_id
}

/** Opens a restored folder as the service would, and digests what waits in its inbox. */
const openRestored = async (data: string) => {
  const stores = await openStores(data)
  const inbox = sqliteInbox(inboxFile(data), () => undefined)
  const reader = sqliteInboxReader(inboxFile(data))
  onTestFinished(async () => {
    await reader.close()
    await inbox.close()
    await stores.close()
  })
  while (await drain({ ...service.drainDeps, inbox: reader, ...stores }));
  return stores
}

const hash = 'a'.repeat(64)

describe('a backup', () => {
  test('made while events arrive and are digested holds all that were acknowledged before it began', async () => {
    await service.stores.blobs.put({ area: 'file', hash }, Buffer.from('a map'))
    const before: string[] = []
    for (let index = 0; index < 40; index += 1) before.push(await send())
    const traffic = (async () => {
      for (let index = 0; index < 40; index += 1) {
        await send()
        if (index % 5 === 0) await drain(service.drainDeps)
      }
    })()
    const file = join(folder(), 'all.tar.gz')
    const [made] = await Promise.all([backUp(service.data, file), traffic])
    expect(made.events + made.waiting).toBeGreaterThanOrEqual(40)
    expect(statSync(file).mode & 0o077).toBe(0)

    const data = join(folder(), 'elsewhere')
    expect(await restore(file, data)).toMatchObject({ events: made.events, waiting: made.waiting })
    const stores = await openRestored(data)
    for (const id of before) expect(await stores.events.find(service.project.id, id)).toBeDefined()
    expect(Buffer.from((await stores.blobs.get({ area: 'file', hash }))!).toString()).toBe('a map')
    expect(await stores.projects.findKey(service.publicKey)).toBeDefined()
  })

  test('holds the key of what the store keeps sealed', async () => {
    const sealed = openVault(service.data).seal('the way to a channel')
    const [file, data] = [join(folder(), 'sealed.tar.gz'), join(folder(), 'elsewhere')]
    await backUp(service.data, file)
    await restore(file, data)
    expect(openVault(data).open(sealed)).toBe('the way to a channel')
    expect(statSync(join(data, 'secret.key')).mode & 0o077).toBe(0)
  })

  test('of a store that was never served is one without events', async () => {
    const data = folder()
    await (await openStores(data)).close()
    const file = join(folder(), 'new.tar.gz')
    expect(await backUp(data, file)).toMatchObject({ events: 0, waiting: 0 })
    expect(await restore(file, join(folder(), 'elsewhere'))).toMatchObject({ events: 0 })
  })

  test('leaves nothing behind in the data folder', async () => {
    const names = (await import('node:fs')).readdirSync(service.data)
    expect(names.filter((name) => name.startsWith('backup-'))).toEqual([])
  })

  test('does not replace a file, and says where it looked for a store', async () => {
    const target = join(folder(), 'taken')
    writeFileSync(target, 'mine')
    await expect(backUp(service.data, target)).rejects.toThrow('exists already')
    expect(readFileSync(target, 'utf8')).toBe('mine')
    await expect(backUp(join(target, '../empty'), `${target}-2`)).rejects.toThrow('There is no store in')
    await expect(backUp(service.data, join(target, '../no/where'))).rejects.toThrow('There is no folder')
  })
})

describe('a restore', () => {
  let good: Buffer
  const elsewhere = (): string => join(folder(), 'data')
  const written = (bytes: Uint8Array): string => {
    const file = join(folder(), 'backup.tar.gz')
    writeFileSync(file, bytes)
    return file
  }
  beforeAll(async () => {
    const place = mkdtempSync(join(tmpdir(), 'foghorn-backup-'))
    await send()
    await service.digest()
    await backUp(service.data, join(place, 'good'))
    good = readFileSync(join(place, 'good'))
    rmSync(place, { recursive: true })
  })

  test.each([0.02, 0.3, 0.7, 0.99])(
    'refuses a backup cut short at %d of its length, and leaves no folder',
    async (at) => {
      const data = elsewhere()
      const file = written(good.subarray(0, Math.floor(good.length * at)))
      await expect(restore(file, data)).rejects.toThrow(/damaged or cut short/)
      expect(existsSync(data)).toBe(false)
    },
  )

  /** Some changes make gzip copy the same bytes from elsewhere. */
  const isHarmless = (bytes: Buffer): boolean => {
    try {
      return gunzipSync(bytes).equals(gunzipSync(good))
    } catch {
      return false
    }
  }

  test('refuses a backup in which any byte has changed that changes what it says', async () => {
    // The first ten bytes say when and on what system it was compressed, which is nobody's loss.
    const step = Math.ceil(good.length / 60)
    for (let at = 10; at < good.length; at += step) {
      const bytes = Buffer.from(good)
      bytes[at]! ^= 0x55
      if (isHarmless(bytes)) continue
      const data = elsewhere()
      await expect(restore(written(bytes), data), `byte ${at}`).rejects.toThrow(/damaged or cut short/)
      expect(existsSync(data)).toBe(false)
    }
  })

  test('refuses what is no backup, and what is not there', async () => {
    await expect(restore(written(Buffer.from('hello')), elsewhere())).rejects.toThrow(/damaged|no backup/)
    await expect(restore('/nowhere.tar.gz', elsewhere())).rejects.toThrow('There is no file /nowhere.tar.gz.')
  })

  test('does not touch a folder that holds something', async () => {
    const data = folder()
    writeFileSync(join(data, 'note'), 'mine')
    await expect(restore(written(good), data)).rejects.toThrow('is not empty')
    expect(readFileSync(join(data, 'note'), 'utf8')).toBe('mine')
  })

  test('refuses a backup of a newer version', async () => {
    const data = elsewhere()
    await restore(written(good), data)
    const db = new Libsql(join(data, 'foghorn.db'))
    db.exec("INSERT INTO kysely_migration VALUES ('9999-tomorrow', '2030-01-01')")
    db.close()
    const newer = join(folder(), 'newer.tar.gz')
    await backUp(data, newer)
    await expect(restore(newer, elsewhere())).rejects.toThrow('newer Foghorn (it knows 9999-tomorrow)')
  })
})
