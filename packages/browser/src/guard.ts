import { isDev } from './dev.ts'

let busy = false

/**
 * The one door between the page and us: nothing thrown inside reaches the page, and nothing that we cause while we
 * work (a console line, an error in a hostile getter) comes back in. Gives nothing when it does not get through.
 */
export const guard =
  <Args extends unknown[], Result>(run: (...args: Args) => Result): ((...args: Args) => Result | undefined) =>
  (...args) => {
    if (busy) return
    busy = true
    try {
      return run(...args)
    } catch (failure) {
      if (isDev()) console.warn('[foghorn] failed inside the SDK; the page is not affected', failure)
    } finally {
      busy = false
    }
  }
