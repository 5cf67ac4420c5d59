import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { openStores } from '../src/stores.ts'
import { eventStoreContract } from './contracts/event-store.ts'
import { feedbackStoreContract } from './contracts/feedback-store.ts'
import { NOON } from './harness.ts'
import { createEmptyStore, dropStore, storeOptions } from './main-store.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

const emptyStore = async (): Promise<string> => {
  const data = mkdtempSync(join(tmpdir(), 'foghorn-postgres-test-'))
  await createEmptyStore(data)
  cleanups.push(async () => {
    await dropStore(data)
    rmSync(data, { recursive: true, force: true })
  })
  return data
}

const openWithProject = async () => {
  const data = await emptyStore()
  const stores = await openStores(data, { ...storeOptions(data), now: () => NOON })
  cleanups.push(() => stores.close())
  const { id } = await stores.projects.ensureOrganization('acme')
  const project = await stores.projects.create({ organizationId: id, slug: 'shop', name: 'Shop' })
  return { ...stores, projectId: project!.id }
}

eventStoreContract('PostgreSQL', openWithProject)
feedbackStoreContract('PostgreSQL', openWithProject)
