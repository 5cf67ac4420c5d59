import { Worker } from 'node:worker_threads'
import type { Description, HostData, HostMessage, HostRequest } from './host-messages.ts'

// The sources run in tests without a build; a thread needs JavaScript.
const entry = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/extensions/host-thread.js' : './host-thread.js',
  import.meta.url,
)

const LOAD_TIMEOUT_MS = 10_000
const HEAP_MB = 256
/** An extension that hangs or dies is left alone for so long: meanwhile nothing waits for it. */
const PAUSE_MS = 10_000

/** An extension that runs in a thread of its own. */
export interface Host {
  readonly description: Description
  /** Rejects when the extension fails, does not answer in time, or was just ended for that. */
  call(request: HostRequest, timeoutMs: number): Promise<unknown>
  close(): Promise<void>
}

interface Pending {
  resolve: (value: unknown) => void
  reject: (error: Error) => void
}

/** A thread that is ready; rejects when the module is unfit. */
const startThread = (data: HostData): Promise<{ worker: Worker; description: Description }> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: data, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } })
    worker.unref()
    const giveUp = (reason: string): void => {
      clearTimeout(timer)
      void worker.terminate()
      reject(new Error(reason))
    }
    const timer = setTimeout(() => giveUp(`it was not loaded within ${LOAD_TIMEOUT_MS / 1000} s`), LOAD_TIMEOUT_MS)
    worker.once('error', (error: Error) => giveUp(error.message))
    worker.once('exit', () => giveUp('it ended its thread'))
    worker.once('message', (message: HostMessage) => {
      if (message.type !== 'ready') return giveUp(message.type === 'unfit' ? message.reason : 'it said nothing')
      clearTimeout(timer)
      resolve({ worker, description: message.description })
    })
  })

interface Keeping {
  data: HostData
  now: () => number
  onMessage: (message: HostMessage) => void
  /** Told that the thread ended, and why. */
  onEnd: (reason: string) => void
}

/** Keeps a thread: one that ended is replaced when it is needed again, after a pause. */
const keepThread = (first: Worker, { data, now, onMessage, onEnd }: Keeping) => {
  let worker: Worker | undefined
  let starting: Promise<Worker> | undefined
  let pausedUntil = 0
  const end = (reason: string, pauseMs = PAUSE_MS): Promise<unknown> => {
    const ended = worker
    worker = undefined
    pausedUntil = now() + pauseMs
    onEnd(reason)
    return ended?.terminate() ?? Promise.resolve()
  }
  const adopt = (started: Worker): Worker => {
    const died = (reason: string): void => void (worker === started && end(reason))
    started.on('message', onMessage)
    started.on('error', (error: Error) => died(error.message))
    started.on('exit', () => died('it ended its thread'))
    return (worker = started)
  }
  const restart = async (): Promise<Worker> => {
    try {
      return adopt((await startThread(data)).worker)
    } catch (error) {
      pausedUntil = now() + PAUSE_MS
      throw error
    } finally {
      starting = undefined
    }
  }
  adopt(first)
  return {
    end,
    running: async (): Promise<Worker> => {
      if (worker) return worker
      if (now() < pausedUntil) throw new Error('it is left alone for some seconds after it failed')
      return (starting ??= restart())
    },
  }
}

/** Runs an extension, again after it died. Rejects when it cannot be loaded. */
export const openHost = async (data: HostData, now: () => number = Date.now): Promise<Host> => {
  const { worker, description } = await startThread(data)
  const pending = new Map<number, Pending>()
  let lastId = 0
  const thread = keepThread(worker, {
    data,
    now,
    onMessage: (message) => {
      if (message.type !== 'done' && message.type !== 'failed') return
      const waiting = pending.get(message.id)
      pending.delete(message.id)
      if (message.type === 'done') waiting?.resolve(message.value)
      else waiting?.reject(new Error(message.reason))
    },
    onEnd: (reason) => {
      for (const { reject } of pending.values()) reject(new Error(reason))
      pending.clear()
    },
  })
  const ask = (running: Worker, { request, timeoutMs }: { request: HostRequest; timeoutMs: number }) =>
    new Promise((resolve, reject) => {
      const id = (lastId += 1)
      const timer = setTimeout(() => void thread.end(`no answer within ${timeoutMs / 1000} s`), timeoutMs)
      const settled =
        <Value>(settle: (value: Value) => void) =>
        (value: Value): void => {
          clearTimeout(timer)
          settle(value)
        }
      pending.set(id, { resolve: settled(resolve), reject: settled(reject) })
      running.postMessage({ id, ...request })
    })
  return {
    description,
    call: async (request, timeoutMs) => ask(await thread.running(), { request, timeoutMs }),
    close: async () => void (await thread.end('the service ends', Infinity)),
  }
}
