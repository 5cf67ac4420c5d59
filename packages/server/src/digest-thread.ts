import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { NatsSettings } from './adapters/nats/connect.ts'
import type { PostgresSettings } from './adapters/postgres/connect.ts'
import type { CachedBucket } from './choose-blobs.ts'
import type { Config } from './config.ts'
import type { Limits } from './ports/retention.ts'

export interface DigestThreadData extends Pick<
  Config,
  'data' | 'role' | 'logFormat' | 'artifactDays' | 'fetchMapsFrom' | 'extensions' | 'alertNetworks'
> {
  /** What is kept of a project that says nothing of that. */
  limits: Limits
  /** Where the main store is, if not in the data folder. */
  postgres: PostgresSettings | undefined
  /** Where uploaded files lie, if not in the data folder. */
  bucket: CachedBucket | undefined
  /** Where the inbox is, if not in the data folder. */
  nats: NatsSettings | undefined
  /** Whether this process leads the schedulers when the thread begins. */
  isLeading: boolean
}

/** What the thread is told. */
export type DigestThreadMessage = 'wake' | 'stop' | 'lead' | 'follow'

export interface DigestThread {
  /** Tells the thread that the inbox has something. */
  wake(): void
  /** Whether the thread is to do the work of the leader, too. */
  setLeading(isLeading: boolean): void
  /** Lets the thread finish the batch that it has begun. */
  stop(): Promise<void>
}

const RESTART_AFTER_MS = 500

// What an event leaves behind is garbage before the next is read: half of the usual nursery is as fast, and keeps less of it.
const NURSERY_MEGABYTES = 24

// Many times what a batch needs: whatever takes more is stopped, and set aside, before it takes the machine.
const HEAP_MEGABYTES = 512

// V8 has a small heap collected at one and a half times what lives in it, which took a tenth of the time of digesting; at
// two and a half times it takes half of that, and some 20 MB more (checked 2026-11).
const HEAP_GROWTH_PERCENT = 150

/**
 * Does what nobody waits for: digests the inbox where the process is a worker, looks after the stores while it leads the
 * schedulers. One that dies is replaced, and what it was at is tried again.
 */
export const startDigestThread = (
  data: Omit<DigestThreadData, 'isLeading'>,
  onDeath: (error: unknown) => void,
): DigestThread => {
  let worker: Worker
  let [isStopping, isLeading] = [false, false]
  let finished: () => void = () => undefined
  const done = new Promise<void>((resolve) => (finished = resolve))

  // For the whole process, as V8 has it; a version that no longer knows it goes on without.
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`)
  const start = (): void => {
    let cause: unknown
    worker = new Worker(new URL('./digest-worker.js', import.meta.url), {
      workerData: { ...data, isLeading } satisfies DigestThreadData,
      resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MEGABYTES, maxOldGenerationSizeMb: HEAP_MEGABYTES },
    })
    worker.on('error', (error) => (cause = error))
    worker.on('exit', (code) => {
      if (isStopping) return finished()
      onDeath(cause ?? new Error(`The digest thread ended with code ${code}.`))
      setTimeout(() => (isStopping ? finished() : start()), RESTART_AFTER_MS)
    })
  }
  start()

  const tell = (message: DigestThreadMessage): void => worker.postMessage(message)
  return {
    wake: () => tell('wake'),
    setLeading: (leads) => {
      isLeading = leads
      tell(leads ? 'lead' : 'follow')
    },
    stop: () => {
      isStopping = true
      tell('stop')
      return done
    },
  }
}
