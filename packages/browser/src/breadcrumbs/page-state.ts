import { listen, type Source } from '../source.ts'

/** The page hidden or shown, the network lost or back. */
export const pageStateCrumbs = (): Source => (emit) =>
  listen(globalThis, 'visibilitychange online offline', ({ type }) =>
    emit.crumb({ category: 'page', message: type === 'visibilitychange' ? document.visibilityState : type }),
  )
