import { hexId } from './enrich/id.ts'
import { all, listen, type Emit, type Source } from './source.ts'

export interface LivenessOptions {
  /** Selector of the element that the program fills. `#root, #app, body` when absent. */
  root?: string
  /** How long the root may be empty after an error, in milliseconds. 3000 when absent. */
  emptyMs?: number
}

const BEAT_MS = 10_000
// Timers of a busy page are late; a page that is gone is never back.
const DEAD_MS = 180_000
const PREFIX = 'foghorn-alive-'

interface Finding {
  kind: 'white-screen' | 'dead-tab'
  message: string
  details?: object
}

/** Such findings are guesses: of a mechanism of their own, so that nobody takes them for errors. */
const report = (emit: Emit, { kind, message, details }: Finding): void =>
  void emit.capture({
    value: { name: 'Liveness', message },
    by: `liveness.${kind}`,
    handled: true,
    event: { level: 'warning', contexts: { liveness: { kind, trust: 'low', ...details } } },
  })

const isEmpty = (root: Element | null): boolean =>
  !root || (!root.textContent?.trim() && !root.querySelector('img, svg, canvas, video, input, button'))

/** A root that was filled, and is empty for a while after an error. */
const watchRoot = (emit: Emit, { root = '#root, #app, body', emptyMs = 3000 }: LivenessOptions): (() => void) => {
  const find = (): Element | null => document.querySelector(root)
  let timer: ReturnType<typeof setTimeout> | undefined
  const onError = (): void => {
    if (timer || isEmpty(find())) return
    timer = setTimeout(() => {
      timer = undefined
      if (isEmpty(find())) report(emit, { kind: 'white-screen', message: 'The page went empty after an error' })
    }, emptyMs)
  }
  return all([
    // Before anybody else, so that the root still holds what it held.
    listen(globalThis, 'error unhandledrejection', onError, { capture: true }),
    () => clearTimeout(timer),
  ])
}

/** Tells of visible pages that ended without saying so: a crash of the tab, as a rule. */
const buryTheDead = (emit: Emit): void => {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    const [at, url] = (localStorage.getItem(key) ?? '').split(' ')
    if (Date.now() - Number(at) < DEAD_MS) continue
    localStorage.removeItem(key)
    const details = { url, last_seen: Number(at) / 1000 }
    report(emit, { kind: 'dead-tab', message: 'A page ended without a goodbye', details })
  }
}

/** A mark in the storage while the page is visible. Hidden pages may be discarded at any time; that is no crash. */
const keepBeating = (): (() => void) => {
  const key = PREFIX + hexId()
  const beat = (): void => {
    if (document.visibilityState === 'visible') localStorage.setItem(key, `${Date.now()} ${location.pathname}`)
    else localStorage.removeItem(key)
  }
  const end = (): void => localStorage.removeItem(key)
  beat()
  const timer = setInterval(beat, BEAT_MS)
  return all([
    listen(document, 'visibilitychange', beat),
    listen(globalThis, 'pageshow', beat),
    listen(globalThis, 'pagehide', end),
    () => clearInterval(timer),
    end,
  ])
}

/**
 * Notices pages that went white after an error, and tabs that died, which no error event tells of. Writes to
 * localStorage as long as the page is visible.
 *
 * @example
 * init({ dsn, sources: [...defaultSources(), liveness()] })
 */
export const liveness =
  (options: LivenessOptions = {}): Source =>
  (emit) => {
    buryTheDead(emit)
    return all([watchRoot(emit, options), keepBeating()])
  }
