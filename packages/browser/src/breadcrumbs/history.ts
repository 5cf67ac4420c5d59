import { maskSecrets } from '../enrich/mask.ts'
import { all, listen, type Source } from '../source.ts'
import { patch } from './patch.ts'

/** Changes of the page's address without a load. Nothing is patched where the Navigation API tells of them. */
export const historyCrumbs = (): Source => (emit) => {
  let from = location.href
  const note = (): void => {
    const to = location.href
    if (to !== from) emit.crumb({ category: 'navigation', data: { from: maskSecrets(from), to: maskSecrets(to) } })
    from = to
  }
  const { navigation } = globalThis as { navigation?: EventTarget }
  if (navigation) return listen(navigation, 'currententrychange', note)
  return all([
    patch(history, 'pushState', note),
    patch(history, 'replaceState', note),
    listen(globalThis, 'popstate hashchange', note),
  ])
}
