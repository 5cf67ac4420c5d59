import { all, listen, type Source } from '../source.ts'

/** The page hidden or shown, the network lost or back. */
export const pageStateCrumbs = (): Source => (emit) =>
  all(
    ['visibilitychange', 'online', 'offline'].map((type) =>
      listen(globalThis, type, () =>
        emit.crumb({ category: 'page', message: type === 'visibilitychange' ? document.visibilityState : type }),
      ),
    ),
  )
