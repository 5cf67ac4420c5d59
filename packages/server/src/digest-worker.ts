// The thread that digests the inbox and looks after the stores. It opens stores of its own, so that accepting never waits
// for it.
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { logNotifier } from './adapters/log/notifier.ts'
import { createUpkeep } from './artifacts/upkeep.ts'
import { chooseInbox } from './choose-inbox.ts'
import { extendingEvents } from './extensions/extend-event.ts'
import { openExtensions } from './extensions/extensions.ts'
import { maskingTexts } from './extensions/mask-texts.ts'
import { drain, type DrainDeps } from './ingest/drain.ts'
import { notifying } from './ingest/notify.ts'
import { createProjectRules } from './ingest/project-rules.ts'
import { createSpikes, ISSUE_SPIKE_FLOOR } from './ingest/spikes.ts'
import { createLog } from './log.ts'
import type { InboxReader } from './ports/inbox.ts'
import { createBackground } from './regrouping/background.ts'
import { regroup } from './regrouping/regroup.ts'
import { collectingFrames } from './retention/collect-frames.ts'
import { forgettingAlerts } from './retention/forget-alerts.ts'
import { retaining } from './retention/retain.ts'
import { openStores } from './stores.ts'
import type { DigestThreadData, DigestThreadMessage } from './digest-thread.ts'

const IDLE_MS = 1000

const { data, role, logFormat, limits, artifactDays, fetchMapsFrom, postgres, bucket, nats, ...settings } =
  workerData as DigestThreadData
const log = createLog(logFormat)
const stores = await openStores(data, { fetchMapsFrom, postgres, bucket, nats })
const inbox = role.includes('worker') ? await chooseInbox(data, nats).openReader() : undefined
const extensions = await openExtensions(settings.extensions, { networks: settings.alertNetworks })

const warn = (reason: string): void => log.warn({ extension: reason }, 'an extension failed')

const deps: Omit<DrainDeps, 'inbox'> = {
  findMap: stores.findMap,
  rulesOf: createProjectRules(stores, Date.now),
  extend: extendingEvents(extensions.hosts, warn),
  mask: maskingTexts(extensions.hosts, warn),
  events: stores.events,
  feedback: stores.feedback,
  spikes: createSpikes(ISSUE_SPIKE_FLOOR, Date.now),
  noteUse: stores.mapUse.note,
  notify: notifying(logNotifier(log)),
  now: Date.now,
  onFailure: (item, error, buried) =>
    log.error(
      { err: error, item: item.id, project: item.projectId },
      buried ? 'set aside as dead letter' : 'will be tried again',
    ),
}

const state = { isStopping: false, isLeading: settings.isLeading }
let wake: () => void = () => undefined

parentPort!.on('message', (message: DigestThreadMessage) => {
  if (message === 'stop') state.isStopping = true
  if (message === 'lead' || message === 'follow') state.isLeading = message === 'lead'
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

const background = createBackground({
  steps: [
    () => regroup(stores),
    stores.triage.tend,
    retaining({ retention: stores.retention, limits, now: Date.now }),
    collectingFrames({ frames: stores.frames, now: Date.now }),
    forgettingAlerts(stores.alerts, Date.now),
    createUpkeep({ ...stores, bundles: stores.artifactBundles, now: Date.now, days: artifactDays }),
  ],
  // Its shares of the time are durations, which a clock that is set must not change.
  now: () => performance.now(),
  onFailure: (error) => log.error({ err: error }, 'work in the background failed and will be tried again'),
})

/** Events wait for a store that does not answer: without their maps they would be other issues, and in the end dead letters. */
const canDigest = async (): Promise<boolean> => (await stores.isAnswering()) && stores.blobs.isAnswering()

/** A full disk takes not even the note that items are being worked on: they wait until it does. */
const drainSome = (inbox: InboxReader): Promise<boolean> =>
  drain({ ...deps, inbox }).catch((error: unknown) => {
    log.error({ err: error }, 'the inbox could not be digested and will be tried again')
    return false
  })

const digestSome = async (): Promise<boolean> => inbox !== undefined && (await canDigest()) && (await drainSome(inbox))

while (!state.isStopping) {
  // Without one, messages do not come in, and the rows that libsql has read keep their memory (checked 2026-11).
  await turnOfTheLoop()
  const begun = performance.now()
  const isBusy = await digestSome()
  const mayTend = state.isLeading && !state.isStopping
  const hasWorked = mayTend && (await background(isBusy ? performance.now() - begun : 0))
  if (!isBusy && !hasWorked && !state.isStopping) await rest()
}

await inbox?.close()
await extensions.close()
await stores.close()
parentPort!.close()
