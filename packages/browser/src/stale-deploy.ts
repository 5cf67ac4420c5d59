import { isChunkLoad } from './enrich/diagnose.ts'
import { readText } from './enrich/read.ts'
import { listen, all, type Emit, type Source } from './source.ts'

export interface StaleDeployOptions {
  /** Tells the release that is deployed now, such as by fetching a file that names it. */
  releaseNow?: () => string | Promise<string>
  /** Loads the page anew, once in five minutes at most. False when absent. */
  reload?: boolean
}

const AGAIN_AFTER_MS = 300_000
// Long enough for the reports to be on their way; they would survive it anyway.
const RELOAD_AFTER_MS = 500
const MARK = 'foghorn-reloaded'

/** One reload helps where a deployment has replaced the scripts; a second would only make a loop of it. */
const reloadOnce = (): void => {
  if (Date.now() - Number(sessionStorage.getItem(MARK)) < AGAIN_AFTER_MS) return
  sessionStorage.setItem(MARK, String(Date.now()))
  setTimeout(() => location.reload(), RELOAD_AFTER_MS)
}

const report = async (emit: Emit, { releaseNow, reload }: StaleDeployOptions): Promise<void> => {
  const release_now = await Promise.resolve(releaseNow?.()).catch(() => undefined)
  const release_seen = emit.build({}).release
  emit.capture({
    value: { name: 'StaleDeploy', message: 'A script that the page loads lazily is gone' },
    by: 'stale-deploy',
    handled: true,
    event: { level: 'warning', contexts: { stale_deploy: { release_seen, release_now, reload: Boolean(reload) } } },
  })
  if (reload) reloadOnce()
}

/**
 * Notices, in the words of any engine or bundler, that a lazily loaded script is not there any more, says which release
 * the page has and which is deployed, and can load the page anew.
 *
 * @example
 * init({ dsn, release, sources: [...defaultSources(), staleDeploy({ reload: true })] })
 */
export const staleDeploy =
  (options: StaleDeployOptions = {}): Source =>
  (emit) => {
    let isKnown = false
    const judge = (error: unknown): void => {
      if (isKnown || !isChunkLoad(`${readText(error, 'name')}: ${readText(error, 'message')}`)) return
      isKnown = true
      void report(emit, options)
    }
    return all([
      listen<ErrorEvent>(globalThis, 'error', ({ error }) => judge(error)),
      listen<PromiseRejectionEvent>(globalThis, 'unhandledrejection', ({ reason }) => judge(reason)),
    ])
  }
