import { isDev } from './dev.ts'

let busy = false

/**
 * The one door between the page and us: nothing thrown inside reaches the page, and nothing that we cause while we
 * work (a console line, an error in a hostile getter) comes back in.
 */
export const guard =
  <Args extends unknown[]>(run: (...args: Args) => void): ((...args: Args) => void) =>
  (...args) => {
    if (busy) return
    busy = true
    try {
      run(...args)
    } catch (failure) {
      if (isDev()) console.warn('[foghorn] failed inside the SDK; the page is not affected', failure)
    } finally {
      busy = false
    }
  }
