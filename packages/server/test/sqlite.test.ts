import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { sqliteDeadLetters } from '../src/adapters/sqlite/dead-letters.ts'
import { sqliteInbox, sqliteInboxReader } from '../src/adapters/sqlite/inbox.ts'
import { inboxFile } from '../src/data-folder.ts'
import { openStores } from '../src/stores.ts'
import { copyEmptyStore } from './empty-store.ts'
import { NOON } from './harness.ts'
import { eventStoreContract } from './contracts/event-store.ts'
import { feedbackStoreContract } from './contracts/feedback-store.ts'
import { inboxContract } from './contracts/inbox.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'foghorn-contract-'))
  cleanups.push(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const openWithProject = async () => {
  const data = folder()
  copyEmptyStore(data)
  const stores = await openStores(data, { now: () => NOON })
  cleanups.push(() => stores.close())
  const { id } = await stores.projects.ensureOrganization('acme')
  const project = await stores.projects.create({ organizationId: id, slug: 'shop', name: 'Shop' })
  return { ...stores, projectId: project!.id }
}

eventStoreContract('SQLite', openWithProject)
feedbackStoreContract('SQLite', openWithProject)

inboxContract('the SQLite inbox', async () => {
  const file = inboxFile(folder())
  let tellings = 0
  return {
    inbox: sqliteInbox(file, () => (tellings += 1)),
    reader: sqliteInboxReader(file),
    reopen: async () => sqliteInboxReader(file),
    tellings: () => tellings,
    deadLetters: async () => sqliteDeadLetters(file, () => undefined),
  }
})

test('the SQLite inbox commits what arrives together at once', async () => {
  let commits = 0
  const inbox = sqliteInbox(inboxFile(folder()), () => (commits += 1))
  const request = { projectId: 7, receivedAt: NOON, remoteAddress: '', userAgent: '', body: new Uint8Array(1) }
  await Promise.all(Array.from({ length: 100 }, () => inbox.add(request)))
  expect(commits).toBe(1)
  await inbox.close()
})
