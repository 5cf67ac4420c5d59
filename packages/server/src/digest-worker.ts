// The thread that digests the inbox. It opens stores of its own, so that accepting never waits for it.
import { parentPort, workerData } from 'node:worker_threads'
import { logNotifier } from './adapters/log/notifier.ts'
import { sqliteInboxReader } from './adapters/sqlite/inbox.ts'
import { drain, type DrainDeps } from './ingest/drain.ts'
import { notifying } from './ingest/notify.ts'
import { createLog } from './log.ts'
import { inboxFile, openStores } from './stores.ts'
import type { DigestThreadData } from './digest-thread.ts'

const IDLE_MS = 1000

const { data, logFormat } = workerData as DigestThreadData
const log = createLog(logFormat)
const stores = await openStores(data)
const inbox = sqliteInboxReader(inboxFile(data))

const deps: DrainDeps = {
  inbox,
  findMap: stores.findMap,
  events: stores.events,
  notify: notifying(logNotifier(log)),
  now: Date.now,
  onFailure: (item, error, buried) =>
    log.error(
      { err: error, item: item.id, project: item.projectId },
      buried ? 'set aside as dead letter' : 'will be tried again',
    ),
}

const state = { isStopping: false }
let wake: () => void = () => undefined

parentPort!.on('message', (message: 'wake' | 'stop') => {
  if (message === 'stop') state.isStopping = true
  wake()
})

/** Until the door side says that something arrived; items whose retry is due make no sound, so also now and then. */
const rest = (): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, IDLE_MS)
    wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })

while (!state.isStopping) if (!(await drain(deps)) && !state.isStopping) await rest()

inbox.close()
await stores.close()
parentPort!.close()
