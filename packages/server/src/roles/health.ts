import { folderUsage } from '../metrics/folder-usage.ts'
import { createMetrics, type Metrics, type MetricsDeps } from '../metrics/metrics.ts'
import type { HealthDeps } from '../metrics/routes.ts'
import { isFolderStore } from './check-roles.ts'
import type { Process } from './process.ts'
import type { Shared } from './shared.ts'

type Usage = Omit<MetricsDeps, 'now'>

/** What only those know that look after everything: one process is enough to tell it, each may. */
const officeUsage = async ({ config }: Process, shared: Shared): Promise<Usage> => {
  const { stores, deadLetters } = await shared.office()
  const inbox = await shared.inbox()
  const ofFolder = isFolderStore(config) ? folderUsage(config.data) : {}
  const isElsewhere = config.queueUrl.length > 0
  return {
    outcomes: stores.outcomes,
    ...ofFolder,
    ...(isElsewhere && {
      inboxDepth: async () => ({ waiting: (await inbox.load()).items, setAside: await deadLetters.count() }),
    }),
  }
}

const measure = async (process: Process, shared: Shared, isLeading: (() => boolean) | undefined): Promise<Metrics> =>
  createMetrics({
    ...(process.does('web', 'scheduler') && (await officeUsage(process, shared))),
    ...(isLeading && { isLeading }),
    now: Date.now,
  })

/** The door goes on without the store for as long as it knows keys; all others need it. */
const checkOf = async ({ does }: Process, shared: Shared): Promise<HealthDeps['checkStores']> => {
  const inbox = await shared.inbox()
  const stores = await shared.doorStores()
  const needsStore = does('web', 'worker', 'scheduler')
  return async () => {
    await inbox.load()
    if (needsStore) await stores.check()
  }
}

/** How this process fares, whatever its roles are. */
export const openHealth = async (
  process: Process,
  shared: Shared,
  isLeading: (() => boolean) | undefined,
): Promise<HealthDeps> => ({
  metrics: await measure(process, shared, isLeading),
  metricsToken: process.config.metricsToken,
  checkStores: await checkOf(process, shared),
  onFailure: process.onFailure,
})
