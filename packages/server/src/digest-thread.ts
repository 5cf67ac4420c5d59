import { Worker } from 'node:worker_threads'
import type { NatsSettings } from './adapters/nats/connect.ts'
import type { PostgresSettings } from './adapters/postgres/connect.ts'
import type { CachedBucket } from './choose-blobs.ts'
import type { Config } from './config.ts'
import type { Limits } from './ports/retention.ts'

export interface DigestThreadData extends Pick<
  Config,
  'data' | 'logFormat' | 'artifactDays' | 'fetchMapsFrom' | 'extensions' | 'alertNetworks'
> {
  /** What is kept of a project that says nothing of that. */
  limits: Limits
  /** Where the main store is, if not in the data folder. */
  postgres: PostgresSettings | undefined
  /** Where uploaded files lie, if not in the data folder. */
  bucket: CachedBucket | undefined
  /** Where the inbox is, if not in the data folder. */
  nats: NatsSettings | undefined
}

export interface DigestThread {
  /** Tells the thread that the inbox has something. */
  wake(): void
  /** Lets the thread finish the batch that it has begun. */
  stop(): Promise<void>
}

const RESTART_AFTER_MS = 500

// What an event leaves behind is garbage before the next is read: half of the usual nursery is as fast, and keeps less of it.
const NURSERY_MEGABYTES = 24

/** Keeps a digest thread alive: one that dies is replaced, and what it was at is tried again. */
export const startDigestThread = (data: DigestThreadData, onDeath: (error: unknown) => void): DigestThread => {
  let worker: Worker
  let isStopping = false
  let finished: () => void = () => undefined
  const done = new Promise<void>((resolve) => (finished = resolve))

  const start = (): void => {
    let cause: unknown
    worker = new Worker(new URL('./digest-worker.js', import.meta.url), {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MEGABYTES },
    })
    worker.on('error', (error) => (cause = error))
    worker.on('exit', (code) => {
      if (isStopping) return finished()
      onDeath(cause ?? new Error(`The digest thread ended with code ${code}.`))
      setTimeout(() => (isStopping ? finished() : start()), RESTART_AFTER_MS)
    })
  }
  start()

  return {
    wake: () => worker.postMessage('wake'),
    stop: () => {
      isStopping = true
      worker.postMessage('stop')
      return done
    },
  }
}
