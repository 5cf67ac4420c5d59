import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { BuildOptions } from './build-options.ts'
import type { BuildResult } from './build-result.ts'
import { warning } from './map/warnings.ts'

export interface BuilderLimits {
  /** Time for one map. Default 120,000. */
  timeoutMs?: number
  /** Heap for one map; the map's own bytes come on top. Default 1,024. */
  heapMb?: number
}

/** Builds indexes outside of the calling process, one after another. */
export interface Builder {
  build(map: Uint8Array, options?: BuildOptions): Promise<BuildResult>
  /** Ends the process. Builds that are under way or wait for their turn are interrupted. */
  close(): void
}

export type BuildRequest =
  | { type: 'build'; map: Uint8Array; options: Omit<BuildOptions, 'scopes'>; keepsScopes: boolean }
  | { type: 'table'; key: string; table: Uint8Array | undefined }

export type BuildAnswer =
  | { type: 'get'; key: string }
  | { type: 'put'; key: string; table: Uint8Array }
  | { type: 'done'; result: BuildResult }

// The sources run in tests without a build; a forked process needs JavaScript.
const entry = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/build-process.js' : './build-process.js', import.meta.url),
)

/**
 * Hosts `buildIndex` in a process with bounds on time and heap. A process and not a thread, because hostile source texts can
 * exhaust the stack of the native parser, which ends the whole process that it runs in. It starts with the first build.
 */
export const createBuilder = (limits: BuilderLimits = {}): Builder => {
  const { timeoutMs = 120_000, heapMb = 1024 } = limits
  let child: ChildProcess | undefined
  let isClosed = false
  let last: Promise<unknown> = Promise.resolve()
  const start = (): ChildProcess => {
    const started = fork(entry, {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${heapMb}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    started.unref()
    started.channel?.unref()
    const forget = (): void => {
      if (child === started) child = undefined
    }
    // A message to a process that was just killed fails too, which nobody else may be listening for.
    started.once('exit', forget).on('error', forget)
    return started
  }
  const attempt = async (map: Uint8Array, options: BuildOptions): Promise<Asked> =>
    isClosed ? INTERRUPTED : ask((child ??= start()), { map, options, timeoutMs })
  const run = async (map: Uint8Array, options: BuildOptions): Promise<BuildResult> => {
    const first = await attempt(map, options)
    if (first.status !== 'broke' || options.functionNames === false) return resultOf(first)
    // What breaks the process is most likely a source text; the map is worth having without names too.
    const second = resultOf(await attempt(map, { ...options, functionNames: false }))
    if (second.ok) second.report.warnings.push(warning('names-left-out'))
    return second
  }
  return {
    build: (map, options = {}) => {
      const result = last.then(() => run(map, options))
      last = result
      return result
    },
    close: () => {
      isClosed = true
      child?.kill()
    },
  }
}

type Asked = { status: 'done'; result: BuildResult } | { status: 'timeout' | 'broke' | 'interrupted'; reason: string }

const INTERRUPTED: Asked = {
  status: 'interrupted',
  reason: 'The build of the index was ended from outside before it was done; it can be tried again.',
}

const BROKE: Asked = {
  status: 'broke',
  reason: 'The build of the index ended early: it ran out of memory, or its parser out of stack.',
}

const resultOf = (asked: Asked): BuildResult => {
  if (asked.status === 'done') return asked.result
  return { ok: false, reason: asked.reason, ...(asked.status === 'interrupted' ? { interrupted: true } : {}) }
}

/** What the kernel sends when memory runs out, and people and supervisors when they want the process gone. */
const FROM_OUTSIDE = new Set<NodeJS.Signals | null>(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'])

const ask = (child: ChildProcess, job: { map: Uint8Array; options: BuildOptions; timeoutMs: number }): Promise<Asked> =>
  new Promise((resolve) => {
    const { scopes, ...options } = job.options
    const finish = (asked: Asked): void => {
      clearTimeout(timer)
      child.off('message', onAnswer).off('exit', onExit).off('error', onError)
      child.unref()
      child.channel?.unref()
      resolve(asked)
    }
    const onAnswer = (answer: BuildAnswer): void => {
      if (answer.type === 'done') finish({ status: 'done', result: answer.result })
      else if (answer.type === 'put') void scopes?.put(answer.key, answer.table)
      else void sendTable(child, answer.key, scopes)
    }
    const onExit = (_code: number | null, signal: NodeJS.Signals | null): void =>
      finish(FROM_OUTSIDE.has(signal) ? INTERRUPTED : BROKE)
    // A process that was started tells by its exit what became of it, also when a message does not reach it.
    const onError = (): void => {
      if (child.pid === undefined) finish(INTERRUPTED)
    }
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      finish({ status: 'timeout', reason: `The build of the index took longer than ${job.timeoutMs} ms.` })
    }, job.timeoutMs)
    child.on('message', onAnswer).on('exit', onExit).on('error', onError)
    child.ref()
    child.channel?.ref()
    child.send({ type: 'build', map: job.map, options, keepsScopes: scopes !== undefined } satisfies BuildRequest)
  })

const sendTable = async (child: ChildProcess, key: string, scopes: BuildOptions['scopes']): Promise<void> => {
  const table = await scopes?.get(key)
  if (child.connected) child.send({ type: 'table', key, table } satisfies BuildRequest)
}
